using Gengdu.Calendar;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Exemptions;

/// <summary>A county asks that nothing be due of a school that was closed, merged or struck; the city answers (one level higher for a county's own report).</summary>
internal sealed class ExemptionRequest
{
    public static readonly IReadOnlyList<string> Causes = ["closed", "merged", "disaster", "other"];

    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid ReportId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string OrganisationPath { get; init; }

    /// <summary>One of <see cref="Causes"/>.</summary>
    public required string Cause { get; init; }

    public required string Reason { get; init; }

    /// <summary>Number and title of the document that says so, as it stands on paper.</summary>
    public required string Document { get; init; }

    public required Guid AskedBy { get; init; }

    /// <summary>Place of the right it was asked with; whoever answers stands above it.</summary>
    public required string AskedFrom { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Two working days after it was asked.</summary>
    public required DateTimeOffset AnswerBy { get; init; }

    public RequestState State { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Answer { get; private set; }

    public static DateTimeOffset AnswerDue(DateTimeOffset now) => WorkingDays.Add(now, ExtensionRequest.AnswerWorkingDays);

    /// <summary>Yes exempts the report at once.</summary>
    public Problem? Decide(Report report, bool grant, string answer, Guid by, DateTimeOffset now)
    {
        if (State != RequestState.Waiting)
        {
            return ExemptionProblems.AlreadyDecided;
        }

        if (by == AskedBy)
        {
            return ExemptionProblems.OwnRequest;
        }

        (State, DecidedBy, DecidedAt, Answer) = (grant ? RequestState.Approved : RequestState.Refused, by, now, answer);
        if (grant)
        {
            report.Exempt(now);
        }

        return null;
    }

    public ExemptionRequested ToExemptionRequested() => new()
    {
        RequestId = Id,
        ReportId = ReportId,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = OrganisationPath,
        AskedFrom = AskedFrom,
        Cause = Cause,
        RequestedBy = AskedBy,
        RequestedAt = AskedAt,
        AnswerBy = AnswerBy,
    };

    public ExemptionRefused ToExemptionRefused(Report report) => new()
    {
        RequestId = Id,
        ReportId = ReportId,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = report.OrganisationPath,
        RequestedBy = AskedBy,
        DecidedBy = DecidedBy!.Value,
        RefusedAt = DecidedAt!.Value,
    };

    public ReportExempted ToReportExempted(Report report) => new()
    {
        ReportId = ReportId,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = report.OrganisationPath,
        Level = report.Level,
        Cause = Cause,
        RequestedBy = AskedBy,
        DecidedBy = DecidedBy!.Value,
        ExemptedAt = report.ExemptedAt!.Value,
    };
}
