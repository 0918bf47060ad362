using System.Text.Json;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="Statement">The approver states that what is reported is true and accurate.</param>
/// <param name="StatementVersion">The version of the statement that was read; refused when the programme has another by now. Left out: the programme's own.</param>
internal sealed record SubmitModuleReportRequest(bool Statement, string? StatementVersion = null);

internal static class SubmitModuleReport
{
    public static async Task<Results<Created<Receipt>, ProblemHttpResult>> HandleAsync(
        Guid id, SubmitModuleReportRequest request, [FromHeader(Name = SubmissionKey.Header)] string? idempotencyKey, HttpContext http, Caller caller,
        Database database, ProgrammeCatalogue catalogue, SubmissionWriter writer, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (SubmissionKey.Check(idempotencyKey) is { } keyProblem)
        {
            return keyProblem.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var (by, key) = (caller.PersonId, idempotencyKey!);
        if (await ModuleReportDossier.FindAsync(database, catalogue, id, (by, key), cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(dossier.Report.OrganisationId, Roles.Approver))
        {
            return ModuleReportProblems.NotApprover.ToHttpResult();
        }

        // A retry gets its receipt even when version, deadline or state have moved on.
        var fingerprint = SubmissionKey.FingerprintOf(id, request.Statement);
        if (dossier.Receipt is not null)
        {
            return Replay(dossier.Receipt, fingerprint, http.Response);
        }

        if ((EntityTag.Check(http.Request, dossier.ModuleReport.Version) ?? StatementProblem(request, dossier.Programme.Statement)) is { } stale)
        {
            return stale.ToHttpResult();
        }

        var values = JsonElement.Parse(dossier.Values);
        var findings = Findings.Of(dossier, dossier.ModuleReport.Explanations, values, now);
        if (dossier.ModuleReport.Submit(findings, by, dossier.Window, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        FaultPoints.Pass(FaultPoints.BeforeTransaction);
        var submission = Submission.Of(dossier, values, findings, by, key, fingerprint, now);
        if (!await TryWriteAsync(writer, submission, cancellationToken))
        {
            // Somebody was faster. If it was the same request sent twice, both get the same receipt.
            var present = await ModuleReportDossier.FindAsync(database, catalogue, id, (by, key), cancellationToken);
            return present?.Receipt is { } receipt ? Replay(receipt, fingerprint, http.Response) : GeneralProblems.Stale.ToHttpResult();
        }

        return Answer(submission.Revision.ToReceipt(), http.Response, dossier.ModuleReport.Version);
    }

    private static Problem? StatementProblem(SubmitModuleReportRequest request, Statement statement) =>
        !request.Statement ? ModuleReportProblems.StatementMissing
        : request.StatementVersion is { } read && read != statement.Version ? ModuleReportProblems.StatementChanged(statement.Version)
        : null;

    private static async Task<bool> TryWriteAsync(SubmissionWriter writer, Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.WriteAsync(submission, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static Results<Created<Receipt>, ProblemHttpResult> Replay(StoredReceipt stored, string fingerprint, HttpResponse response)
    {
        if (stored.Fingerprint != fingerprint)
        {
            return ModuleReportProblems.KeyReused.ToHttpResult();
        }

        response.Headers["Idempotent-Replayed"] = "true";
        return Answer(stored.Receipt, response, version: null);
    }

    private static Created<Receipt> Answer(Receipt receipt, HttpResponse response, long? version)
    {
        if (version is { } present)
        {
            EntityTag.Set(response, present);
        }

        return TypedResults.Created($"/api/reporting/module-reports/{receipt.ModuleReportId}/revisions/{receipt.Revision}", receipt);
    }
}
