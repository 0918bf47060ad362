using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Printing;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Documents;

/// <summary>One revision with its receipt as a PDF file.</summary>
internal static class PrintRevision
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id, int number, string? language, HttpRequest http, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, AuditTrail trail, PdfPrinter printer, PublicAddress address,
        CancellationToken cancellationToken)
    {
        if (await RevisionAccess.RefuseAsync(id, caller, db, cancellationToken) is { } refused)
        {
            return refused.ToHttpResult();
        }

        if (DocumentWords.In(language ?? ProblemResults.Language(http)) is not { } words)
        {
            return PrintProblems.UnknownLanguage.ToHttpResult();
        }

        var found = await SignedModule.OfAsync(db.ModuleReports.Where(m => m.Id == id), number, caller, db, catalogue, cancellationToken);
        if (found.Count == 0)
        {
            return ModuleReportProblems.UnknownRevision.ToHttpResult();
        }

        await trail.SawAsync("revision", id, found[0].OrganisationPath, filter: new { revision = number, masked = found[0].Masked, document = "pdf" });
        var (pdf, fault) = await printer.PrintAsync(ReportDocument.Write(found, words, address.Origin), cancellationToken);
        return pdf is not null ? TypedResults.File(pdf, "application/pdf", $"{found[0].Revision.ReceiptNumber}.pdf") : PrintProblems.Of(fault!.Value).ToHttpResult();
    }
}
