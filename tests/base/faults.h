/* SPDX-License-Identifier: MIT */
/* Makes the k-th allocation fail, so that tests can go through them all:
 *
 *     for (long k = 0; rn_faults_begin(k), work(), rn_faults_end(); k++) {}
 */
#ifndef RN_FAULTS_H
#define RN_FAULTS_H

#include "base/alloc.h"

static long faults_left;
static bool faults_hit;

static inline bool faults_refuse(size_t size)
{
    (void)size;
    if (faults_left-- != 0) {
        return false;
    }
    faults_hit = true;
    return true;
}

/* From now on allocation number k, from 0, fails. */
static inline void rn_faults_begin(long k)
{
    faults_left = k;
    faults_hit = false;
    rn_alloc_set_fault(faults_refuse);
}

/* Ends it; whether an allocation did fail. */
static inline bool rn_faults_end(void)
{
    rn_alloc_set_fault(NULL);
    return faults_hit;
}

#endif
