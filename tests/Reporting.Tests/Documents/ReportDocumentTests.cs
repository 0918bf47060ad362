using System.Text.Json;
using Gengdu.Printing;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.Documents;
using Gengdu.Reporting.ModuleReports;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Tests.Documents;

/// <summary>The largest document there can be: 500 rows, and words as long as the form takes them.</summary>
public sealed class ReportDocumentTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task FiveHundredRowsAndTenThousandSigns_ArePrinted(string language)
    {
        var module = TestPack.Programme.Modules.First(one => one.Fields.Any(field => field.Type == "rows"));
        var table = module.Fields.First(field => field.Type == "rows");
        var values = new Dictionary<string, object>
        {
            [table.Key] = Enumerable.Range(0, 500).Select(row => table.Columns!.Select(column => KeyValuePair.Create(column.Key, $"第{row}行😀"))
                .Append(KeyValuePair.Create("_id", $"r{row}")).ToDictionary()).ToList(),
        };
        var revision = new Revision
        {
            ModuleReportId = Guid.Empty,
            Number = 2,
            Values = "{}",
            ContentHash = new('a', 64),
            ReceiptNumber = "13-2026-AUTUMN-M05-0000123-R2",
            SubmittedAt = new(2026, 11, 22, 6, 3, 21, TimeSpan.Zero),
            SubmittedBy = Guid.Empty,
            OnTime = true,
            Results = [],
            CheckCode = CheckCode.New(),
            StatementVersion = TestPack.Programme.Statement.Version,
            Explanations = [new(Explanation.Remark, table.Key, new string('长', 10_000)), new("W01", table.Key, "<b>说明</b>"), new(Explanation.FollowUp, table.Key, Explanation.Unworded)],
        };
        var page = ReportDocument.Write(
            [new(Guid.Empty, revision, JsonSerializer.SerializeToElement(values), false, TestPack.Programme, module, new("石家庄市长安区第一小学", "First Primary School"), "2113000001", new("2026 年秋季", "Autumn 2026"), "/13/")],
            DocumentWords.In(language)!, "https://gengdu.example");
        Assert.Contains("第499行", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;说明", page, StringComparison.Ordinal);
        Assert.Contains($"<h3>{DocumentWords.In(language)!.FollowUps}</h3>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Explanation.Unworded, page, StringComparison.Ordinal);
        var pdf = await new Chromium(Options.Create(new PrintingOptions { Chromium = Environment.GetEnvironmentVariable("GENGDU_CHROMIUM") })).PrintAsync(page, TestContext.Current.CancellationToken);
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        if (Environment.GetEnvironmentVariable("GENGDU_KEEP_PDF") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"long-{language}.pdf"), pdf, TestContext.Current.CancellationToken);
        }
    }
}
