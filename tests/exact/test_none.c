/* SPDX-License-Identifier: MIT */
/* Stands in for the tests of exact methods where there are none. */
#include "harness.h"

int main(void)
{
    RN_SKIP_ALL("built without librunde-glpk");
}
