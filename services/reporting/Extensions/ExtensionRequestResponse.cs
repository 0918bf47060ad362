using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.Extensions;

/// <param name="Id">The request.</param>
/// <param name="CycleId">The cycle.</param>
/// <param name="Organisation">Who asks, by today's name.</param>
/// <param name="CoversSubtree">Whether it asks for everything below too.</param>
/// <param name="AskedUntil">What is asked for.</param>
/// <param name="Reason">Why.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Late">Asked after its window had ended.</param>
/// <param name="AnswerBy">The answer is due then, in working days.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Until">What was granted; null when nothing was.</param>
/// <param name="Answer">Why it was decided so.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Mine">Whether the caller stands above it and may answer.</param>
internal sealed record ExtensionRequestResponse(
    Guid Id, Guid CycleId, ReportOrganisation Organisation, bool CoversSubtree, DateTimeOffset AskedUntil, string Reason, DateTimeOffset AskedAt, bool Late, DateTimeOffset AnswerBy,
    RequestState State, DateTimeOffset? Until, string? Answer, DateTimeOffset? DecidedAt, bool Mine)
{
    public static ExtensionRequestResponse From(ExtensionRequest r, Organisations.Organisation o, bool mine) => new(
        r.Id, r.CycleId, new ReportOrganisation(o.Id, o.Code, o.NameZh, o.NameEn, o.Path), r.CoversSubtree, r.AskedUntil, r.Reason, r.AskedAt, r.AskedAt > r.WindowEndsAt, r.AnswerBy,
        r.State, r.Until, r.Answer, r.DecidedAt, mine && r.State == RequestState.Waiting);
}
