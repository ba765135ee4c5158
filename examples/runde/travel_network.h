/* SPDX-License-Identifier: MIT */
/** @file travel_network.h
 *  Travel times from a road network given as CSV tables. */
#ifndef RUNDE_TRAVEL_NETWORK_H
#define RUNDE_TRAVEL_NETWORK_H

#include "travel_command.h"

/** Works out every mode of the request on the network of --nodes and --edges,
 *  which are both given, and hands the times to the sink. What goes wrong is
 *  said on standard error. */
cli_code travel_by_network(const travel_request *asked, travel_sink sink,
                           void *payload);

#endif
