using System.Text;
using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.ModuleReports.Versions;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="Changes">Cells to set or clear.</param>
/// <param name="Explanations">Warnings to explain; an empty text takes an explanation back.</param>
/// <param name="ProgrammeVersion">
/// The version of the form it was typed on; left out: the report's own. What was typed on another one and has no place on the report's form is
/// set aside instead of refused.
/// </param>
internal sealed record SaveValuesRequest(IReadOnlyList<CellChange>? Changes = null, IReadOnlyList<Explanation>? Explanations = null, string? ProgrammeVersion = null);

/// <param name="Version">The present version.</param>
/// <param name="SavedAt">When the server stored it.</param>
/// <param name="State">The present state.</param>
/// <param name="Results">What the rules say.</param>
/// <param name="Completion">Share of what is asked for.</param>
/// <param name="Checksum">SHA-256 of the stored values in canonical JSON (RFC 8785): a page whose own copy differs reads again.</param>
/// <param name="AppliedBefore">The same batch was stored already; nothing was changed now, others may have changed it since.</param>
/// <param name="SetAside">Cells of an older form that this one does not ask for.</param>
internal sealed record SaveValuesResponse(
    long Version, DateTimeOffset SavedAt, ModuleReportState State, IReadOnlyList<Finding> Results, double Completion, string Checksum, bool AppliedBefore, IReadOnlyList<string> SetAside);

/// <summary>Autosave: merges what was typed, one read and one write. A batch under a key is applied once, however often it comes.</summary>
internal static class SaveValues
{
    private const int MaxChanges = 2000;
    private const int MaxDocument = 1024 * 1024;

    public static async Task<Results<Ok<SaveValuesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, SaveValuesRequest request, HttpContext http, Caller caller, Database database, ProgrammeCatalogue catalogue,
        ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ModuleReportDossier.FindAsync(database, catalogue, id, null, cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(dossier.Report.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var key = http.Request.Headers.TryGetValue(SavedBatch.Header, out var header) ? header.ToString() : null;
        if (SavedBatch.Check(key) is { } unfit)
        {
            return unfit.ToHttpResult();
        }

        if ((EntityTag.Check(http.Request, dossier.ModuleReport.Version) ?? dossier.ModuleReport.MayEdit(dossier.Window, now)) is { } refusal)
        {
            return await StoredBeforeAsync(db, id, key, request, caller, cancellationToken) is { } before ? before.Fits ? Again(http, dossier, now) : KeepingProblems.KeyReused.ToHttpResult() : refusal.ToHttpResult();
        }

        var typedOn = request.ProgrammeVersion is { } version ? await catalogue.FindAsync(dossier.Programme.Key, version, cancellationToken) : dossier.Programme;
        if (typedOn is null)
        {
            return VersionProblems.UnknownTypedVersion(request.ProgrammeVersion!).ToHttpResult();
        }

        var changes = request.Changes ?? [];
        if (changes.Count > MaxChanges)
        {
            return GeneralProblems.Invalid(new FieldError("changes", "length", new($"一次最多保存 {MaxChanges} 处修改", $"At most {MaxChanges} changes at a time"))).ToHttpResult();
        }

        var typed = OlderTyping.Apply(dossier, typedOn, changes, request.Explanations ?? [], now);
        if (typed.Values is null || typed.Errors.Count > 0)
        {
            return ModuleReportProblems.UnacceptableCells(typed.Errors).ToHttpResult();
        }

        if (Encoding.UTF8.GetByteCount(typed.Values) + typed.SetAside.Sum(cell => cell.Value.GetRawText().Length) > MaxDocument)
        {
            return ModuleReportProblems.TooMuch(MaxDocument).ToHttpResult();
        }

        try
        {
            return await StoreAsync(http, dossier, request, key, typed, caller, db, now, cancellationToken);
        }
        catch (DbUpdateException) when (key is not null)
        {
            // The same batch came twice at once, and the other was first; or somebody else was, and the page reads again.
            db.ChangeTracker.Clear();
            if (await StoredBeforeAsync(db, id, key, request, caller, cancellationToken) is not { } before)
            {
                throw;
            }

            var present = await ModuleReportDossier.FindAsync(database, catalogue, id, null, cancellationToken);
            return before.Fits && present is not null ? Again(http, present, now) : KeepingProblems.KeyReused.ToHttpResult();
        }
    }

    private static async Task<Ok<SaveValuesResponse>> StoreAsync(
        HttpContext http, ModuleReportDossier dossier, SaveValuesRequest request, string? key, OlderTyping typed, Caller caller,
        ReportingDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moduleReport = dossier.ModuleReport;
        var document = JsonElement.Parse(typed.Values!);
        var findings = Findings.Of(dossier, typed.Explanations, document, now);
        var changes = request.Changes ?? [];
        db.Attach(moduleReport);
        moduleReport.FillInWith(dossier.Programme.Version);
        moduleReport.PutAside(typed.SetAside);
        moduleReport.Save(typed.Values!, typed.Explanations, findings, caller.PersonId, now);
        // Without a key of the client's it still is known who saved what.
        var given = key ?? Guid.CreateVersion7(now).ToString("N");
        db.Add(new SavedBatch
        {
            ModuleReportId = moduleReport.Id,
            PersonId = caller.PersonId,
            Key = given,
            Fingerprint = SavedBatch.FingerprintOf(given, request),
            Version = moduleReport.Version,
            Cells = [.. changes.Select(change => change.At).Distinct().Take(SavedBatch.MaxCells)],
            SavedAt = now,
        });
        db.Audit(dossier.Audited(caller, "module-report.saved", new { moduleReport.Version }) with { Rows = changes.Count }, now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(http.Response, moduleReport.Version);
        return TypedResults.Ok(new SaveValuesResponse(moduleReport.Version, now, moduleReport.State, findings.Results, findings.Completion, CanonicalJson.Sha256(document), AppliedBefore: false, [.. typed.SetAside.Select(cell => cell.At)]));
    }

    private static async Task<Before?> StoredBeforeAsync(ReportingDbContext db, Guid id, string? key, SaveValuesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var fingerprint = key is null ? null : await db.SavedBatches.Where(b => b.ModuleReportId == id && b.PersonId == caller.PersonId && b.Key == key)
            .Select(b => b.Fingerprint).SingleOrDefaultAsync(cancellationToken);
        return fingerprint is null ? null : new(fingerprint == SavedBatch.FingerprintOf(key!, request));
    }

    /// <summary>What is stored now: others may have changed the same cells since, and theirs stays.</summary>
    private static Ok<SaveValuesResponse> Again(HttpContext http, ModuleReportDossier dossier, DateTimeOffset now)
    {
        var moduleReport = dossier.ModuleReport;
        var document = JsonElement.Parse(dossier.Values);
        var findings = Findings.Of(dossier, moduleReport.Explanations, document, now);
        EntityTag.Set(http.Response, moduleReport.Version);
        return TypedResults.Ok(new SaveValuesResponse(
            moduleReport.Version, moduleReport.SavedAt ?? now, moduleReport.State, findings.Results, findings.Completion, CanonicalJson.Sha256(document), AppliedBefore: true, []));
    }

    private sealed record Before(bool Fits);
}
