using System.Net.Http.Json;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Exports.ExportScenes;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>Who is missing, returned or late: each list is as long as the page's number says, and holds nobody the reader may not see.</summary>
[Collection(nameof(ExportsShared))]
public sealed class MissingExportTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Csv_HasALineForEachModuleReportAndList_AsManyAsThePageCounts()
    {
        var (cycle, late, returned, exempt) = await SceneAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (export, content) = await owner.FetchedAsync(Order(cycle, fixture.Province.Root, "missing", "csv"));
        Keep("missing.csv", content);
        Assert.True(content.AsSpan().StartsWith("\uFEFF"u8));
        var lines = Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("名单,所属,代码,单位,层级,模块,截止时间,延期至,报送时间", lines[0]);
        var page = (await fixture.NodeAsync(cycle, fixture.Province.Root)).Completeness;
        int Of(string list) => lines.Count(line => line.StartsWith(list + ",", StringComparison.Ordinal));
        Assert.Equal((page.Due - page.Submitted, page.Returned, page.Late, 0), (Of("未报"), Of("退回待改"), Of("逾期报送"), Of("逾期未报")));
        Assert.Equal((3, 1, 2), (Of("未报"), Of("退回待改"), Of("逾期报送")));
        Assert.Equal(6L, export.Rows);
        // Returned and late stands in both.
        Assert.Equal(["逾期报送", "退回待改"], lines.Where(line => line.Contains($",{returned.Code},", StringComparison.Ordinal)).Select(line => line[..4]).Order(StringComparer.Ordinal).Reverse());
        Assert.Contains(lines, line => line.StartsWith($"逾期报送,石家庄市 / 长安区,{late.Code},", StringComparison.Ordinal) && line.EndsWith(",学校,basics,2026-10-15 08:00,2026-10-25 08:00,2026-09-15 08:01", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(exempt.Code, StringComparison.Ordinal));
        Assert.StartsWith("# 耕读平台导出", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workbook_CountsUnits_AndNamesOrganisationsBehindThem()
    {
        var (cycle, late, _, exempt) = await SceneAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (export, content) = await owner.FetchedAsync(Order(cycle, fixture.Province.Root, "missing", "xlsx"));
        Keep("missing.xlsx", content);
        Assert.Equal(5L, export.Rows);
        using var document = SpreadsheetDocument.Open(new MemoryStream(content), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var sheets = document.WorkbookPart!.Workbook.Descendants<Sheet>().ToDictionary(sheet => sheet.Name!.Value!, sheet => ((WorksheetPart)document.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet);
        Assert.Equal("河北省测试未报、退回、逾期名单", Row(sheets["统计"], 1)[0]);
        Assert.Equal(["未报", "其中逾期"], Row(sheets["统计"], 5)[7..9]);
        // Schools, due, submitted, rate; missing and overdue; returned and late: of the whole, of the city and of its county.
        var page = (await fixture.NodeAsync(cycle, fixture.Province.Root)).Completeness;
        Assert.Equal([page.Schools, page.Due, page.Submitted, page.Due - page.Submitted, 0, page.Returned, page.Late], Numbers(Row(sheets["统计"], 7)));
        var changan = (await fixture.NodeAsync(cycle, fixture.Province.Changan)).Completeness;
        Assert.Equal("长安区", Row(sheets["统计"], 9)[2]);
        Assert.Equal([changan.Schools, changan.Due, changan.Submitted, changan.Due - changan.Submitted, 0, changan.Returned, changan.Late], Numbers(Row(sheets["统计"], 9)));
        var list = sheets["名单"];
        // Nobody gave the others more time: what was refused gives none.
        Assert.All(Enumerable.Range(3, 2), number => Assert.Equal("", Row(list, (uint)number)[^1]));
        Assert.Equal([.. new[] { "1", "石家庄市 / 长安区", late.Code, late.NameZh, "学校", "3", "2", "否", "money、care", "0", "", "1", "basics", "2026-10-25 08:00" }], Row(list, 2));
        Assert.DoesNotContain(exempt.Code, list.InnerText, StringComparison.Ordinal);
        Assert.DoesNotContain(list.Descendants<CellFormula>(), _ => true);
        Assert.Contains("耕读平台导出", list.Descendants<OddFooter>().Single().Text, StringComparison.Ordinal);
    }

    /// <summary>After the deadline the same reports are overdue; English is complete; what a spreadsheet would run is defused.</summary>
    [Fact]
    public async Task AfterTheDeadline_MissingIsOverdue_InBothLanguages_FormulasDefused()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Zhengding);
        await fixture.Host.InDatabaseAsync(db => db.Set<Organisation>().Where(one => one.Id == school.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.NameEn, "=HYPERLINK(\"http://x\")")));
        var cycle = new TestCycle(fixture, school);
        await cycle.DeliverAsync(cycle.Programme());
        await cycle.DeliverAsync(cycle.Opened() with { Deadlines = new Dictionary<string, DateTimeOffset> { ["school"] = TestCycle.Start.AddMinutes(-1) } });
        await cycle.DeliverAsync(cycle.Roster());
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        var (_, csv) = await county.FetchedAsync(Order(cycle, fixture.Province.Zhengding, "missing", "csv", "en"));
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Count(line => line.StartsWith("overdue,", StringComparison.Ordinal) && line.Contains(",\"'=HYPERLINK(\"\"http://x\"\")\",school,", StringComparison.Ordinal)));
        Assert.DoesNotContain(Encoding.UTF8.GetString(csv).Replace("basics", "", StringComparison.Ordinal), c => c is >= '\u4e00' and <= '\u9fff');
        var (_, xlsx) = await county.FetchedAsync(Order(cycle, fixture.Province.Zhengding, "missing", "xlsx", "en"));
        using var document = SpreadsheetDocument.Open(new MemoryStream(xlsx), isEditable: false);
        var list = document.WorkbookPart!.WorksheetParts.Select(part => part.Worksheet).Single(sheet => sheet.Descendants<AutoFilter>().Any());
        Assert.Equal("yes", Row(list, 2)[7]);
        var counts = document.WorkbookPart.WorksheetParts.Select(part => part.Worksheet).Single(sheet => !sheet.Descendants<AutoFilter>().Any());
        Assert.Equal([1, 3, 0, 3, 3, 0, 0], Numbers(Row(counts, 7)));
        Assert.Equal([1, 3, 0, 3, 3, 0, 0], Numbers(Row(counts, 8)));
    }

    /// <summary>More time opens the lock and makes nothing timely: no figure moves, whatever comes twice or late; the latest is the one that is listed.</summary>
    [Fact]
    public async Task MoreTime_IsListedAndMovesNoFigure_DeliveredTwiceAndInAnyOrder()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Zhengding);
        var cycle = new TestCycle(fixture, school);
        // Before the cycle is known here.
        var (longer, shorter) = (Decided(cycle, school, 20), Decided(cycle, school, 10));
        await cycle.DeliverAsync(longer);
        await cycle.OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 10, 1), onTime: false));
        var before = (await fixture.NodeAsync(cycle, fixture.Province.Zhengding)).Completeness;
        await cycle.DeliverAsync(shorter);
        await cycle.DeliverAsync(longer);
        Assert.Equal(2, await fixture.Host.InDatabaseAsync(db => db.Set<Gengdu.Analytics.Cycles.CycleExtension>().CountAsync(one => one.CycleId == cycle.Id)));
        Assert.Equal(before, (await fixture.NodeAsync(cycle, fixture.Province.Zhengding)).Completeness);
        Assert.Equal((1, 0), (before.Late, before.OnTime));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        var (_, csv) = await county.FetchedAsync(Order(cycle, fixture.Province.Zhengding, "missing", "csv", "en"));
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n").Where(line => line.Contains(school.Code, StringComparison.Ordinal)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Contains(",2026-10-15 08:00,2026-10-05 08:00,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OfTheOwnPlaceOnly_AndNothingOfASchool()
    {
        var (cycle, late, _, _) = await SceneAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        var (_, content) = await county.FetchedAsync(Order(cycle, fixture.Province.Zhengding, "missing", "csv"));
        Assert.DoesNotContain(late.Code, Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        using var outside = await county.PostAsJsonAsync("/api/analytics/exports", Order(cycle, fixture.Province.Changan, "missing", "csv"));
        await AnalyticsFixture.RefusedAsync(outside, 404, "GEN-0006");
        using var school = await fixture.ClientAsync(Roles.Reporter, late);
        using var none = await school.PostAsJsonAsync("/api/analytics/exports", Order(cycle, late, "missing", "csv"));
        await AnalyticsFixture.RefusedAsync(none, 404, "ANA-0002");
    }

    /// <summary>One school with a late module and two missing, one with all there of which one came late and was returned, one with one missing, one exempt.</summary>
    private async Task<(TestCycle Cycle, Organisation Late, Organisation Returned, Organisation Exempt)> SceneAsync()
    {
        var p = fixture.Province;
        var (late, returned, one, exempt) = (await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Zhengding), await p.SchoolAsync(p.Zhengding), await p.SchoolAsync(p.Changan));
        var cycle = await new TestCycle(fixture, late, returned, one, exempt).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(late, "basics", TestProgramme.Basics("g1", 10, 1), onTime: false));
        foreach (var school in new[] { returned, one })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 10, 1), onTime: school == one));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(1)));
        }

        await cycle.DeliverAsync(cycle.Submitted(returned, "care", TestProgramme.Care(1)));
        await cycle.DeliverAsync(cycle.Returned(returned, "basics", 1, 1));
        await cycle.DeliverAsync(new ReportExempted
        {
            ReportId = cycle.Report(exempt, "report"), CycleId = cycle.Id, OrganisationId = exempt.Id, OrganisationPath = exempt.Path, Level = "school", Cause = "disaster",
            RequestedBy = AnalyticsFixture.NewId(), DecidedBy = AnalyticsFixture.NewId(), ExemptedAt = TestCycle.Start.AddDays(1),
        });
        // The district's time covers its schools, the school's own is shorter and came after; what another was refused is none.
        await cycle.DeliverAsync(Decided(cycle, p.Changan, 40) with { CoversSubtree = true });
        await cycle.DeliverAsync(Decided(cycle, late, 35));
        await cycle.DeliverAsync(Decided(cycle, p.Zhengding, 50));
        await cycle.DeliverAsync(Decided(cycle, one, 50) with { Approved = false, Until = null });
        return (cycle, late, returned, exempt);
    }

    private static ExtensionDecided Decided(TestCycle cycle, Organisation organisation, int days) => new()
    {
        ExtensionId = AnalyticsFixture.NewId(), CycleId = cycle.Id, OrganisationId = organisation.Id, OrganisationPath = organisation.Path, CoversSubtree = false, Approved = true,
        Until = TestCycle.Start.AddDays(days), DecidedBy = AnalyticsFixture.NewId(), DecidedAt = TestCycle.Start,
    };

    private static string[] Row(Worksheet sheet, uint number) => [.. sheet.Descendants<Row>().Single(row => row.RowIndex! == number).Elements<Cell>().Select(cell => cell.InnerText)];

    // Without the rate: schools, due, submitted, missing, overdue, returned, late.
    private static int[] Numbers(string[] cells) => [.. cells[3..6].Concat(cells[7..]).Select(cell => int.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
}
