using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Exports.Bulletins;
using Gengdu.Analytics.Exports.Summary;
using Gengdu.Analytics.Exports.Values;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Printing;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>From an order to the bytes of its file.</summary>
internal sealed class ExportFactory(ProgrammeShelf programmes, PdfPrinter printer, TimeProvider clock)
{
    public async Task<(ExportMade? Made, Problem? Problem)> MakeAsync(
        ExportOrder order, Caller caller, NpgsqlConnection reading, Stream file, ExportProgress progress, CancellationToken cancellationToken)
    {
        var (head, problem) = await DashboardHead.ReadAsync(reading, programmes, caller, order.OrganisationId, order.CycleId, cancellationToken);
        if (head is null)
        {
            return (null, problem);
        }

        var cycle = await ExportCycle.ReadAsync(reading, order.CycleId, cancellationToken);
        var words = new ExportWords(order.Language, caller.PersonId, clock.GetUtcNow());
        var name = $"{words.Of(head.Organisation)}-{words.Kind(order.Kind)}-{cycle.PeriodKey}-{words.Day}.{order.Format}";
        if (order.Kind == ExportKinds.Values)
        {
            var cells = await new ValuesFile(reading, caller, head, order.CycleId, words).WriteAsync(file, progress, cancellationToken);
            return (new(name, cells), null);
        }

        var table = await SummaryReader.ReadAsync(reading, programmes, caller, head, order.CycleId, cycle, words, cancellationToken);
        await progress.TellAsync(0, table.Rows.Count, table.Rows.Count, cancellationToken);
        switch (order.Kind, order.Format)
        {
            case (ExportKinds.Summary, "xlsx"):
                await WriteAsync(SummaryWorkbook.Write(table));
                break;
            case (ExportKinds.Summary, _):
                return await PrintAsync(SummaryPage.Write(table), table.Rows.Count);
            default:
                var bulletin = BulletinText.Write(await BulletinFacts.ReadAsync(reading, programmes, caller, head, order.CycleId, cycle, cancellationToken), words);
                if (order.Format == "pdf")
                {
                    return await PrintAsync(BulletinPage.Write(bulletin, words), table.Rows.Count);
                }

                await WriteAsync(BulletinDocument.Write(bulletin, words));
                break;
        }

        return (new(name, table.Rows.Count), null);

        async Task WriteAsync(byte[] content) => await file.WriteAsync(content, cancellationToken);

        async Task<(ExportMade?, Problem?)> PrintAsync(string html, int rows)
        {
            var (pdf, fault) = await printer.PrintAsync(html, cancellationToken);
            if (pdf is null)
            {
                return (null, ExportProblems.Of(fault!.Value));
            }

            await WriteAsync(pdf);
            return (new(name, rows), null);
        }
    }
}
