using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Exemptions;

/// <param name="Cause">closed, merged, disaster or other.</param>
/// <param name="Reason">For the level above.</param>
/// <param name="Document">Number and title of the document that says so.</param>
internal sealed record AskExemptionRequest(string Cause, string Reason, string Document);

internal static class AskExemption
{
    private const int MaxDocument = 300;

    public static async Task<Results<Created<ExemptionRequestResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, AskExemptionRequest request, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var report = await db.Reports.VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (report is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var from = caller.Rights.Where(right => right.Role is Roles.CountyReviewer or Roles.CitySupervisor && right.Covers(report.OrganisationPath)).MaxBy(right => right.Path.Length);
        if (from is null)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (Check(request) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        if (await RefuseAsync(report, db, cancellationToken) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var asked = new ExemptionRequest
        {
            Id = Guid.CreateVersion7(now),
            CycleId = report.CycleId,
            ReportId = report.Id,
            OrganisationId = report.OrganisationId,
            OrganisationPath = report.OrganisationPath,
            Cause = request.Cause,
            Reason = request.Reason.Trim(),
            Document = request.Document.Trim(),
            AskedBy = caller.PersonId,
            AskedFrom = from.Path,
            AskedAt = now,
            AnswerBy = ExemptionRequest.AnswerDue(now),
        };
        db.Add(asked);
        db.Publish(asked.ToExemptionRequested(), now);
        // Reason and document are free text: they stand with the request.
        db.Audit(AuditAct.Of(caller, "exemption.asked", asked.Id, report.OrganisationPath, new { asked.CycleId, asked.ReportId, asked.Cause }) with { OrganisationId = report.OrganisationId }, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ExemptionProblems.AlreadyAsked.ToHttpResult();
        }

        return TypedResults.Created((string?)null, ExemptionRequestResponse.From(asked, report, mine: false));
    }

    private static async Task<Problem?> RefuseAsync(Report report, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var state = await db.Cycles.Where(c => c.Id == report.CycleId).Select(c => c.State).SingleAsync(cancellationToken);
        return state != CycleState.Open ? CycleProblems.NotOpen
            : report.ExemptedAt is not null ? ExemptionProblems.Exempt
            : await db.ModuleReports.AllAsync(m => m.ReportId != report.Id || m.State == ModuleReportState.Accepted, cancellationToken) ? ExemptionProblems.AllAccepted
            : null;
    }

    private static List<FieldError> Check(AskExemptionRequest request)
    {
        var errors = new List<FieldError>();
        if (!ExemptionRequest.Causes.Contains(request.Cause))
        {
            errors.Add(new("cause", "unknown", new("应为 closed、merged、disaster 或 other", "One of closed, merged, disaster, other")));
        }

        if (request.Reason.Trim().Length is 0 or > AskExtension.MaxReason || request.Reason.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(new("reason", "length", new("请填写理由，至多 1000 字", "Give the reason in at most 1,000 characters")));
        }

        if (request.Document.Trim().Length is 0 or > MaxDocument || request.Document.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(new("document", "length", new("请写明依据文件的文号和标题，至多 300 字", "Name the document by number and title, in at most 300 characters")));
        }

        return errors;
    }
}
