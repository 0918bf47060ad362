using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="ModuleReportId">The module report.</param>
/// <param name="Revision">1 for the first.</param>
/// <param name="Values">
/// By field key. A cell of class personal or sensitive is {"masked": true, "digest": "…"} for readers above the own county, and
/// {"erased": true, "digest": "…"} for everybody once its time is over.
/// </param>
/// <param name="Explanations">The school's words on warnings.</param>
/// <param name="Results">What the rules said at submission.</param>
/// <param name="ContentHash">SHA-256 over what was signed, personal cells as digests.</param>
/// <param name="ReceiptNumber">Number on the receipt.</param>
/// <param name="SubmittedAt">Server time.</param>
/// <param name="SubmittedBy">The approver.</param>
/// <param name="OnTime">Whether the deadline was met.</param>
/// <param name="Masked">Whether values are kept from this reader.</param>
/// <param name="ErasedAt">When the personal values were erased.</param>
/// <param name="Salt">For readers of the personal values: with it the digests, and so the hash, can be computed again. Lower-case hex.</param>
/// <param name="CheckCode">For the public page; null when it was signed before there were any.</param>
/// <param name="StatementVersion">Which statement of responsibility was signed.</param>
/// <param name="ProgrammeVersion">The version of the form it was signed with: the one to read it by.</param>
internal sealed record RevisionResponse(
    Guid ModuleReportId, int Revision, JsonElement Values, IReadOnlyList<Explanation> Explanations, IReadOnlyList<Finding> Results,
    string ContentHash, string ReceiptNumber, DateTimeOffset SubmittedAt, Guid SubmittedBy, bool OnTime, bool Masked, DateTimeOffset? ErasedAt, string? Salt,
    string? CheckCode, string? StatementVersion, string ProgrammeVersion);

internal static class GetRevision
{
    public static async Task<Results<Ok<RevisionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, int number, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (await RevisionAccess.RefuseAsync(id, caller, db, cancellationToken) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var found = await (
            from moduleReport in db.ModuleReports.Where(m => m.Id == id)
            join cycle in db.Cycles on moduleReport.CycleId equals cycle.Id
            join signed in db.Revisions.Where(r => r.Number == number) on moduleReport.Id equals signed.ModuleReportId
            select new { Revision = signed, moduleReport.ModuleKey, moduleReport.OrganisationId, moduleReport.OrganisationPath, cycle.ProgrammeKey, Version = signed.ProgrammeVersion ?? cycle.OpenedWith ?? cycle.ProgrammeVersion })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return ModuleReportProblems.UnknownRevision.ToHttpResult();
        }

        var module = (await catalogue.GetAsync(found.ProgrammeKey, found.Version, cancellationToken)).Module(found.ModuleKey)!;
        var (revision, values) = (found.Revision, JsonElement.Parse(found.Revision.Values));
        var masked = PersonalCells.AnyIn(module) && !caller.MayReadPersonal(found.OrganisationId, found.OrganisationPath);
        await trail.SawAsync("revision", id, found.OrganisationPath, filter: new { revision = number, masked });
        return TypedResults.Ok(new RevisionResponse(
            id, number, masked ? new PersonalSeal(revision.Salt).ForStrangers(module, values) : values, revision.Explanations, revision.Results, revision.ContentHash,
            revision.ReceiptNumber, revision.SubmittedAt, revision.SubmittedBy, revision.OnTime, masked, revision.ErasedAt,
            masked || revision.Salt is null ? null : Convert.ToHexStringLower(revision.Salt),
            revision.CheckCode, revision.StatementVersion, found.Version));
    }
}
