using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Masters;

/// <param name="Source">Name of the register, as people know it.</param>
/// <param name="AsOf">The day it was read.</param>
/// <param name="Preview">Only say what would happen.</param>
/// <param name="Fingerprint">Of the preview; without it nothing is applied (428), with that of another state neither (412).</param>
internal sealed record MasterLoadQuery(string Source, DateOnly AsOf, bool? Preview, string? Fingerprint);

/// <param name="Fingerprint">Send it back to apply exactly what was shown.</param>
/// <param name="Rows">In the file.</param>
/// <param name="Kept">Rows of which everything loaded was read on a later day; nothing is done.</param>
/// <param name="Shown">The first 300 with faults and the first 300 that change something, in the order of the file.</param>
internal sealed record ImportMasterFiguresResponse(
    bool Applied, string Fingerprint, int Rows, int New, int Changed, int Unchanged, int Kept, int Refused, IReadOnlyList<MasterRow> Shown);

/// <summary>
/// What a register says, from a file, compared with what is loaded. First the differences, school by school; then, with their
/// fingerprint, all rows without faults. Schools compare with it from their next look on.
/// </summary>
internal static class ImportMasterFigures
{
    public const int MaxSource = 200;
    private const int Shown = 300;

    public static async Task<Results<Ok<ImportMasterFiguresResponse>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, TimeProvider clock, [AsParameters] MasterLoadQuery load, CancellationToken cancellationToken)
    {
        var (source, asOf, preview) = (load.Source.Trim(), load.AsOf, load.Preview is true);
        if (caller.SubtreePaths(MasterImport.Keepers).MinBy(path => path.Length) is not { } place)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        if (Check(source, asOf, ChinaTime.DateOf(now)) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var (file, refused) = await Upload.ReadAsync(request, MasterFile.LargestFile, cancellationToken);
        var (lines, problem) = file is null ? ([], MasterProblems.Of(refused!.Value)) : MasterFile.Read(file, new MasterColumns(catalogue.Shipped));
        if (problem is not null)
        {
            return problem.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!preview)
        {
            // One at a time: what was shown of the state before another import is not what would be applied after it.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(4711, 34)", cancellationToken);
        }

        var plan = await MasterImport.PlanAsync(lines, asOf, caller, db, cancellationToken);
        var answer = Answer(plan, applied: !preview, plan.Fingerprint(source, asOf));
        if (!preview && load.Fingerprint != answer.Fingerprint)
        {
            return (load.Fingerprint is null ? GeneralProblems.VersionRequired : GeneralProblems.Stale).ToHttpResult();
        }

        if (!preview)
        {
            var stored = await StoreAsync(plan, source, asOf, caller, db, now, cancellationToken);
            db.Audit(AuditAct.Of(caller, "master-figures.imported", answer.Fingerprint, place, new { asOf, answer.New, answer.Changed, answer.Refused }) with { Rows = stored }, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(answer);
    }

    private static ImportMasterFiguresResponse Answer(MasterImport plan, bool applied, string fingerprint)
    {
        var rows = plan.Rows;
        var shown = rows.Where(row => row.Status == "refused").Take(Shown).Concat(rows.Where(row => row.Status is "new" or "changed").Take(Shown)).OrderBy(row => row.Row);
        return new(applied, fingerprint, rows.Count, plan.Count("new"), plan.Count("changed"), plan.Count("unchanged"), plan.Count("kept"), plan.Count("refused"), [.. shown]);
    }

    private static async Task<int> StoreAsync(MasterImport plan, string source, DateOnly asOf, Caller caller, ReportingDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (codes, keys, values) = plan.ToStore();
        return codes.Length == 0 ? 0 : await PutMasterFigures.WriteAsync(
            (NpgsqlConnection)db.Database.GetDbConnection(), new(codes, keys, values), caller.SubtreePaths(MasterImport.Keepers), (source, asOf, now), cancellationToken);
    }

    private static List<FieldError> Check(string source, DateOnly asOf, DateOnly today)
    {
        var errors = new List<FieldError>();
        if (source.Length is 0 or > MaxSource)
        {
            errors.Add(PutMasterFigures.SourceLength);
        }

        if (asOf > today || asOf.Year < 2000)
        {
            errors.Add(new("asOf", "range", new("读取登记册的日期不能晚于今天", "The register was read today or before")));
        }

        return errors;
    }
}
