using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Printing;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Documents;

/// <summary>All that one organisation signed in a cycle, the newest revision of each module, with the receipts, as a PDF file.</summary>
internal static class PrintReport
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id, string? language, HttpRequest http, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, AuditTrail trail, PdfPrinter printer, PublicAddress address,
        CancellationToken cancellationToken)
    {
        if (await db.Reports.VisibleTo(caller).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } report)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.ReadsSubmitted(report.OrganisationId, report.OrganisationPath))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (DocumentWords.In(language ?? ProblemResults.Language(http)) is not { } words)
        {
            return PrintProblems.UnknownLanguage.ToHttpResult();
        }

        var found = await SignedModule.OfAsync(db.ModuleReports.Where(m => m.ReportId == id && m.Revision > 0), null, caller, db, catalogue, cancellationToken);
        if (found.Count == 0)
        {
            return PrintProblems.NothingSigned.ToHttpResult();
        }

        await trail.SawAsync("report", id, report.OrganisationPath, found.Count, new { masked = found.Any(one => one.Masked), document = "pdf" });
        var (pdf, fault) = await printer.PrintAsync(ReportDocument.Write(found, words, address.Origin), cancellationToken);
        return pdf is not null ? TypedResults.File(pdf, "application/pdf", $"{report.Code}-{report.Number}.pdf") : PrintProblems.Of(fault!.Value).ToHttpResult();
    }
}
