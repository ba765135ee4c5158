/* SPDX-License-Identifier: MIT */
#include "model/validate.h"

runde_status rn_validate(const runde_problem *problem, runde_diag *diag)
{
    (void)problem;
    (void)diag;
    return RUNDE_OK;
}
