/* dolen/base/version.h - what both programs call themselves, and write into what they seal. */
#ifndef DOLEN_BASE_VERSION_H
#define DOLEN_BASE_VERSION_H

#ifndef DOLEN_VERSION
#define DOLEN_VERSION "0.1.0"
#endif

#endif
