using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.Exemptions;

/// <param name="Id">The request.</param>
/// <param name="CycleId">The cycle.</param>
/// <param name="ReportId">The report that would no longer be due.</param>
/// <param name="Level">Its level.</param>
/// <param name="Organisation">Whose it is, as on the roster.</param>
/// <param name="Cause">closed, merged, disaster or other.</param>
/// <param name="Reason">In the words of who asks.</param>
/// <param name="Document">The document that says so.</param>
/// <param name="AskedAt">When.</param>
/// <param name="AnswerBy">The answer is due then, in working days.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Answer">Why it was decided so.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Mine">Whether the caller stands above the place that asked, and may answer.</param>
internal sealed record ExemptionRequestResponse(
    Guid Id, Guid CycleId, Guid ReportId, string Level, ReportOrganisation Organisation, string Cause, string Reason, string Document, DateTimeOffset AskedAt, DateTimeOffset AnswerBy,
    RequestState State, string? Answer, DateTimeOffset? DecidedAt, bool Mine)
{
    public static ExemptionRequestResponse From(ExemptionRequest request, Report report, bool mine) => new(
        request.Id, request.CycleId, request.ReportId, report.Level, new(report.OrganisationId, report.Code, report.NameZh, report.NameEn, report.OrganisationPath), request.Cause, request.Reason,
        request.Document, request.AskedAt, request.AnswerBy, request.State, request.Answer, request.DecidedAt, mine && request.State == RequestState.Waiting);
}
