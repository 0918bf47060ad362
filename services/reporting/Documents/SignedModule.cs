using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Microsoft.EntityFrameworkCore;
using Text = Gengdu.ServiceDefaults.Text;

namespace Gengdu.Reporting.Documents;

/// <summary>One revision with all a document says of it, as this reader may see it.</summary>
internal sealed record SignedModule(
    Guid Id, Revision Revision, JsonElement Values, bool Masked, Programme Programme, Module Module, Text Organisation, string Code, Text Cycle, string OrganisationPath)
{
    /// <param name="moduleReports">Those asked for; the caller's right to read them has been checked.</param>
    /// <param name="number">Which revision; null for the newest.</param>
    /// <param name="caller">Whoever may not read personal values gets digests in their place.</param>
    /// <param name="db">The request's context.</param>
    /// <param name="catalogue">Compiled programmes.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public static async Task<IReadOnlyList<SignedModule>> OfAsync(
        IQueryable<ModuleReport> moduleReports, int? number, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, CancellationToken cancellationToken)
    {
        var found = await (
            from moduleReport in moduleReports
            join report in db.Reports on moduleReport.ReportId equals report.Id
            join cycle in db.Cycles on moduleReport.CycleId equals cycle.Id
            from signed in db.Revisions.Where(r => r.ModuleReportId == moduleReport.Id && r.Number == (number ?? moduleReport.Revision))
            select new
            {
                Revision = signed, moduleReport.Id, moduleReport.ModuleKey, moduleReport.OrganisationId, moduleReport.OrganisationPath, cycle.ProgrammeKey, ProgrammeVersion = signed.ProgrammeVersion ?? cycle.OpenedWith ?? cycle.ProgrammeVersion,
                report.NameZh, report.NameEn, report.Code, CycleZh = cycle.NameZh, CycleEn = cycle.NameEn,
            }).AsNoTracking().ToListAsync(cancellationToken);
        var documents = new List<SignedModule>(found.Count);
        foreach (var one in found)
        {
            var programme = await catalogue.GetAsync(one.ProgrammeKey, one.ProgrammeVersion, cancellationToken);
            var module = programme.Module(one.ModuleKey)!;
            var values = JsonElement.Parse(one.Revision.Values);
            var masked = PersonalCells.AnyIn(module) && !caller.MayReadPersonal(one.OrganisationId, one.OrganisationPath);
            documents.Add(new(one.Id, one.Revision, masked ? new PersonalSeal(one.Revision.Salt).ForStrangers(module, values) : values, masked, programme, module,
                new(one.NameZh, one.NameEn), one.Code, new(one.CycleZh, one.CycleEn), one.OrganisationPath));
        }

        return [.. documents.OrderBy(one => one.Module.Number)];
    }
}
