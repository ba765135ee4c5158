/* SPDX-License-Identifier: MIT */
/* Where the program is built without librunde-roads. */
#include "travel_command.h"

cli_code travel_by_server(const travel_request *asked, travel_sink sink,
                          void *payload)
{
    (void)asked;
    (void)sink;
    (void)payload;
    cli_complain("travel: this program is built without librunde-roads, so it "
                 "cannot ask a server");
    return CLI_NO_SERVER;
}
