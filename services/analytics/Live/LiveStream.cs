using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.LivePages;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Gengdu.Analytics.Live;

/// <summary>
/// The figures of one page as server-sent events (<see cref="OpenPage"/>): what is new with a number as id, first all of it and then
/// what changes. New formulas end it too.
/// </summary>
internal sealed class LiveStream(
    Database database, ProgrammeShelf programmes, LiveNodes nodes, PageSeats seats, AuditTrail trail, IOptions<LiveOptions> options, IOptions<JsonOptions> json)
{
    // A school is told now and then that nothing is new: its page says how old it is, and a way that broke in silence must not look fresh.
    private const int SilentTicks = 10;

    /// <param name="http">The request, which is answered here to its end.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="organisationId">At what.</param>
    /// <param name="cycleId">In which cycle.</param>
    /// <param name="school">Whether a school's page is asked for, or that of a place above schools.</param>
    /// <param name="news">The event's data, whole or what changed; the same for all who look.</param>
    public async Task ServeAsync(HttpContext http, Caller caller, Guid organisationId, Guid cycleId, bool school, Func<DashboardHead, LiveNode, bool, object> news)
    {
        // Schools have seats of their own: on the last evening they must not take those of the offices.
        var (room, most) = school ? ("schools", options.Value.SchoolsAtOnce) : ("offices", options.Value.AtOnce);
        var (head, problem) = await HeadAsync(organisationId, cycleId, caller, school, http.RequestAborted);
        if ((problem ?? (seats.TryTake(caller.PersonId, room, most) ? null : AnalyticsProblems.TooManyPages)) is { } refused)
        {
            await refused.ToHttpResult().ExecuteAsync(http);
            return;
        }

        try
        {
            await trail.SawAsync("dashboard", organisationId, head!.CyclePath, filter: new { cycleId, stream = true });
            var silent = 0;
            await OpenPage.ServeAsync(http, TimeSpan.FromMinutes(options.Value.StreamMinutes), Tick, now => MaySee(now, head), async (last, cancellationToken) =>
            {
                var node = await nodes.ReadAsync(cycleId, head.CyclePath, cancellationToken);
                // A school that stands elsewhere now is found there when the page comes again.
                if (node.ProgrammeVersion != head.Formulas.Programme.Version || (school && node.Completeness.Schools == 0))
                {
                    return null;
                }

                if (node.Number == last)
                {
                    return new(last, school && ++silent % SilentTicks == 0 ? OpenPage.Still : null, Tick);
                }

                silent = 0;
                // Another process counts on its own: what is not the very next one is sent whole.
                return new(node.Number, node.Bytes(whole: last == 0 || node.Before != last, whole => OpenPage.Event(node.Number, "figures", news(head, node, whole), json.Value.SerializerOptions)), Tick);
            });
        }
        finally
        {
            seats.Leave(caller.PersonId, room);
        }
    }

    private TimeSpan Tick => TimeSpan.FromMilliseconds(options.Value.TickMilliseconds);

    private async Task<(DashboardHead? Head, Problem? Problem)> HeadAsync(Guid organisationId, Guid cycleId, Caller caller, bool school, CancellationToken cancellationToken)
    {
        DashboardHead? head;
        Problem? problem;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            (head, problem) = await DashboardHead.ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        }

        if (head is null)
        {
            return (null, problem);
        }

        var isSchool = head.IsSchool;
        return school && (!isSchool || (await nodes.ReadAsync(cycleId, head.CyclePath, cancellationToken)).Completeness.Schools == 0) ? (null, AnalyticsProblems.NotOnRoster)
            : !school && isSchool ? (null, AnalyticsProblems.NotANode)
            : (head, null);
    }

    private static bool MaySee(Caller caller, DashboardHead head) =>
        DashboardHead.Own(caller).Contains(head.Organisation.Id) || caller.SubtreePaths().Any(path => head.CyclePath.StartsWith(path, StringComparison.Ordinal));
}
