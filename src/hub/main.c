/* hub/main.c - dolen-hub: the commissioner's program, which receives bundles from many laptops and merges them. */
#include "cli.h"

#include "dolen/base/banned.h"

int main(int argc, char **argv)
{
    return hub_main(argc, argv);
}
