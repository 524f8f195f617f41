/* population.h - a population table as it was read. */
#ifndef DOLEN_REPORT_POPULATION_H
#define DOLEN_REPORT_POPULATION_H

#include "dolen/report/report.h"

struct population_row {
    int    decile;                      /* 0 not given */
    char   age_band[12], sex[12], area[12];
    double people;
};
struct population {
    char                  *name;
    struct population_row *rows;
    size_t                 count, cap;
    bool                   has_decile, has_age, has_sex, has_area;
};

#endif
