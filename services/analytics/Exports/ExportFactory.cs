using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports.Bulletins;
using Gengdu.Analytics.Exports.Missing;
using Gengdu.Analytics.Exports.Pages;
using Gengdu.Analytics.Exports.Summary;
using Gengdu.Analytics.Exports.Values;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Printing;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>From an order to the bytes of its file.</summary>
internal sealed class ExportFactory(ProgrammeShelf programmes, GroupShelf shelf, PdfPrinter printer, TimeProvider clock)
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
        var programme = head.Formulas.Programme;
        switch (order.Kind)
        {
            case ExportKinds.Values:
                return (new(name, await new ValuesFile(reading, caller, head, order.CycleId, words).WriteAsync(file, progress, cancellationToken)), null);
            case ExportKinds.Missing:
                var missing = await MissingReader.ReadAsync(reading, caller, head, order.CycleId, words, cancellationToken);
                await progress.TellAsync(0, missing.Count, 0, cancellationToken);
                if (order.Format == "csv")
                {
                    return (new(name, await new MissingCsv(programme, cycle, words).WriteAsync(missing, file, progress, cancellationToken)), null);
                }

                var units = await PlaceUnits.ReadAsync(reading, programmes, caller, head, order.CycleId, cancellationToken);
                return await WriteAsync(SummaryWorkbook.Write(MissingTable.Write(units, missing, programme, cycle, words)), missing.Count);
            case ExportKinds.Chart:
                var (page, places, none) = await PageFacts.ReadAsync(reading, programmes, shelf, caller, head, order.CycleId, cycle, words, cancellationToken);
                await progress.TellAsync(0, places, places, cancellationToken);
                return page is null ? (null, none) : await PrintAsync(page, places);
            case ExportKinds.Summary:
                var table = await SummaryReader.ReadAsync(reading, programmes, caller, head, order.CycleId, cycle, words, cancellationToken);
                await progress.TellAsync(0, table.Rows.Count, table.Rows.Count, cancellationToken);
                return order.Format == "xlsx" ? await WriteAsync(SummaryWorkbook.Write(table), table.Rows.Count) : await PrintAsync(SummaryPage.Write(table), table.Rows.Count);
            default:
                var facts = await BulletinFacts.ReadAsync(reading, programmes, caller, head, order.CycleId, cycle, cancellationToken);
                var rows = 1 + facts.Now.Children.Count;
                await progress.TellAsync(0, rows, rows, cancellationToken);
                var bulletin = BulletinText.Write(facts, words, order.Number);
                return order.Format == "pdf" ? await PrintAsync(BulletinPage.Write(bulletin, words), rows) : await WriteAsync(BulletinDocument.Write(bulletin, words), rows);
        }

        async Task<(ExportMade?, Problem?)> WriteAsync(byte[] content, int rows)
        {
            await file.WriteAsync(content, cancellationToken);
            return (new(name, rows), null);
        }

        async Task<(ExportMade?, Problem?)> PrintAsync(string html, int rows)
        {
            var (pdf, fault) = await printer.PrintAsync(html, cancellationToken);
            return pdf is null ? (null, ExportProblems.Of(fault!.Value)) : await WriteAsync(pdf, rows);
        }
    }
}
