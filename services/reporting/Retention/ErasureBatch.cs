using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Retention;

/// <summary>Some module reports of one closed cycle lose their personal values, in the form and in every revision, in one transaction.</summary>
internal sealed class ErasureBatch(ReportingDbContext db, ProgrammeCatalogue catalogue)
{
    /// <returns>The last id that was looked at, null when the cycle is done; and how many were erased.</returns>
    public async Task<(Guid? Last, int Erased)> EraseAsync(Guid cycleId, Guid after, int size, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cycle = await db.Cycles.SingleAsync(c => c.Id == cycleId, cancellationToken);
        var versions = await VersionsAsync(cycle, cancellationToken);
        var keys = versions.Values.SelectMany(programme => programme.Modules).Where(PersonalCells.AnyIn).Select(module => module.Key).Distinct().ToArray();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.ModuleReports
            .FromSql($"select * from reporting.module_reports where cycle_id = {cycleId} and id > {after} and erased_at is null and module_key = any({keys}) order by id limit {size} for update")
            .ToListAsync(cancellationToken);
        var ids = due.Select(m => m.Id).ToArray();
        var revisions = (await db.Revisions.Where(r => ids.Contains(r.ModuleReportId)).OrderBy(r => r.Number).ToListAsync(cancellationToken)).ToLookup(r => r.ModuleReportId);
        foreach (var moduleReport in due)
        {
            await EraseAsync(moduleReport, version => versions[version ?? cycle.OpenedWith ?? cycle.ProgrammeVersion].Module(moduleReport.ModuleKey), [.. revisions[moduleReport.Id]], now, cancellationToken);
        }

        if (due.Count > 0)
        {
            var act = AuditAct.By(null, "cycle.erased", cycleId, cycle.OrganisationPath) with { Rows = due.Count };
            await db.AuditAsync([act], now, cancellationToken);
        }

        if (due.Count < size)
        {
            await db.Cycles.Where(c => c.Id == cycleId).ExecuteUpdateAsync(c => c.SetProperty(x => x.ErasedAt, now), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (due.Count < size ? null : due[^1].Id, due.Count);
    }

    private async Task EraseAsync(ModuleReport moduleReport, Func<string?, Module?> moduleOf, IReadOnlyList<Revision> revisions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var revision in revisions.Where(r => r.ErasedAt is null))
        {
            var left = Text(SealOf(revision).WithoutValues(moduleOf(revision.ProgrammeVersion)!, JsonElement.Parse(revision.Values)));
            await db.Database.ExecuteSqlAsync($"select reporting.erase_revision({moduleReport.Id}, {revision.Number}, {left}::jsonb, {now})", cancellationToken);
        }

        // The reasons of a return that was never answered go too: they are a reviewer's words about these very cells. So does what was set aside.
        var seal = revisions.Count > 0 ? SealOf(revisions[^1]) : PersonalSeal.New();
        var kept = Text(seal.WithoutValues(moduleOf(moduleReport.ProgrammeVersion)!, JsonElement.Parse(moduleReport.Values)));
        await db.Database.ExecuteSqlAsync(
            $"""update reporting.module_reports set values = {kept}::jsonb, "return" = null, set_aside = '[]', erased_at = {now}, version = version + 1 where id = {moduleReport.Id}""", cancellationToken);
    }

    // Reports of one cycle may be on different versions, and what was personal in any of them is erased.
    private async Task<IReadOnlyDictionary<string, Programme>> VersionsAsync(Cycle cycle, CancellationToken cancellationToken)
    {
        var names = await db.ProgrammeChanges.Where(change => change.CycleId == cycle.Id).Select(change => change.FromVersion).ToListAsync(cancellationToken);
        var versions = new Dictionary<string, Programme>();
        foreach (var name in names.Append(cycle.ProgrammeVersion))
        {
            versions[name] = await catalogue.GetAsync(cycle.ProgrammeKey, name, cancellationToken);
        }

        return versions;
    }

    // A revision signed before there were seals gets one now: its digests tell nothing, and its hash cannot be computed again.
    private static PersonalSeal SealOf(Revision revision) => revision.Salt is null ? PersonalSeal.New() : new(revision.Salt);

    private static string Text(JsonElement values) => JsonSerializer.Serialize(values, ModuleReport.Json);
}
