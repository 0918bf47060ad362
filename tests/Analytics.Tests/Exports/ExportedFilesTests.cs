using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Exports.ExportScenes;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>What stands in the files, opened as others open them.</summary>
[Collection(nameof(ExportsShared))]
public sealed class ExportedFilesTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Values_OfThePlacesOneReads_EachCellOnce_FormulasDefused()
    {
        var cycle = await fixture.ReportedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (export, content) = await owner.FetchedAsync(Order(cycle, fixture.Province.Root, "values", "csv"));
        var lines = Encoding.UTF8.GetString(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(content.AsSpan().StartsWith("\uFEFF"u8));
        // Two of pupils and classes each, the money and the note; a heading before and the watermark behind.
        Assert.Equal((6L, 8), (export.Rows, lines.Length));
        Assert.Contains(lines, line => line.StartsWith($"{fixture.Province.ChanganPrimary.Code},", StringComparison.Ordinal) && line.EndsWith(",,1234.5", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("\"'=HYPERLINK(\"\"http://x\"\")\"", StringComparison.Ordinal));
        Assert.StartsWith("# 耕读平台导出", lines[^1], StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), export.Hash);

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        var (_, theirs) = await county.FetchedAsync(Order(cycle, fixture.Province.Zhengding, "values", "csv"));
        Assert.DoesNotContain(fixture.Province.ChanganPrimary.Code, Encoding.UTF8.GetString(theirs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_IsAWorkbookInTheOfficialShape()
    {
        var cycle = await fixture.ReportedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (_, content) = await owner.FetchedAsync(Order(cycle, fixture.Province.Root, "summary", "xlsx"));
        Keep("summary.xlsx", content);
        using var document = SpreadsheetDocument.Open(new MemoryStream(content), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var sheet = document.WorkbookPart!.WorksheetParts.First(part => part.Worksheet.Descendants<MergeCell>().Any()).Worksheet;
        string[] Row(uint number) => [.. sheet.Descendants<Row>().Single(row => row.RowIndex! == number).Elements<Cell>().Select(cell => cell.InnerText)];
        Assert.Equal("河北省测试督导指标汇总表", Row(1)[0]);
        Assert.Contains("报送情况", Row(4));
        Assert.Equal(["", "130000", "合计（河北省）", "4", "12", "3", "3", "25.0"], Row(7)[..8].Select((cell, i) => i == 7 ? decimal.Parse(cell, System.Globalization.CultureInfo.InvariantCulture).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) : cell));
        // City, its counties beneath it, Dingzhou without: its schools stand in its own table.
        Assert.Equal(["石家庄市", "长安区", "正定县", "定州市"], Enumerable.Range(8, 4).Select(number => Row((uint)number)[2]));
        var merged = sheet.Descendants<MergeCell>().Select(cell => cell.Reference!.Value!).ToList();
        Assert.Contains("A4:A6", merged);
        Assert.Contains("D4:H4", merged);
        Assert.DoesNotContain(sheet.Descendants<CellFormula>(), _ => true);
    }

    [Theory]
    [InlineData("zh", "关于2026年秋季督导情况的通报", "尚有 9 个模块未报")]
    [InlineData("en", "Bulletin on Autumn 2026", "9 module reports are missing")]
    public async Task Bulletin_TellsWhatTheFiguresSay(string language, string title, string missing)
    {
        var cycle = await fixture.ReportedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (_, content) = await owner.FetchedAsync(Order(cycle, fixture.Province.Root, "bulletin", "docx", language));
        Keep($"bulletin-{language}.docx", content);
        using var document = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var text = document.MainDocumentPart!.Document.Body!.InnerText;
        Assert.All([title, missing], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Contains(language == "zh" ? "一、总体情况" : "1. Overall", text, StringComparison.Ordinal);
    }

    /// <summary>One print only: a browser takes its time.</summary>
    [Fact]
    public async Task Bulletin_OfACounty_IsAPdfFile()
    {
        var cycle = await fixture.ReportedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var (export, content) = await county.FetchedAsync(Order(cycle, fixture.Province.Changan, "bulletin", "pdf"));
        Keep("bulletin.pdf", content);
        Assert.True(content.AsSpan().StartsWith("%PDF-"u8) && content.Length > 5_000, $"{content.Length} bytes");
        Assert.StartsWith("长安区-督导通报-2026-autumn-", export.FileName, StringComparison.Ordinal);
    }
}
