/* app/main.c - dolen. */
#include "cli.h"

#include "dolen/base/banned.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
