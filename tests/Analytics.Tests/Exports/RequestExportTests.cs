using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Tests.Recounts;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Exports.ExportScenes;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class RequestExportTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Post_OfAPlaceOneSees_IsMadeAndAudited()
    {
        var cycle = await fixture.ReportedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var asked = await county.AskedAsync(Order(cycle, fixture.Province.Changan, "summary", "xlsx"));
        var made = await county.EndedAsync(asked.Id);
        Assert.Equal(("finished", 3, 3, 64), (made.State, made.Done, made.Total, made.Hash!.Length));
        Assert.Equal("长安区", made.NameZh);
        Assert.EndsWith(".xlsx", made.FileName, StringComparison.Ordinal);
        Assert.True(made.Size > 2_000);
        var acts = (await fixture.Host.AuditAsync()).Where(entry => entry.ObjectId == asked.Id.ToString()).Select(entry => (entry.Act, entry.Rows)).ToList();
        Assert.Contains(("export.asked", null), acts);
        Assert.Contains(("export.made", 3), acts);
    }

    [Theory]
    [InlineData("summary", "csv", "zh")]
    [InlineData("values", "xlsx", "zh")]
    [InlineData("bulletin", "xlsx", "zh")]
    [InlineData("everything", "csv", "zh")]
    [InlineData("missing", "pdf", "zh")]
    [InlineData("chart", "xlsx", "zh")]
    [InlineData("summary", "xlsx", "fr")]
    public async Task Post_UnknownKind_Is422(string kind, string format, string language)
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await owner.PostAsJsonAsync("/api/analytics/exports", Order(cycle, fixture.Province.Root, kind, format, language));
        await AnalyticsFixture.RefusedAsync(response, 422, "ANA-0040");
    }

    [Fact]
    public async Task Post_OutsideIs404_ValuesByAnAdministrator403_SchoolHasNoSummary_UnknownCycle404()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Zhengding);
        using var administrator = await fixture.ClientAsync(Roles.Administrator, p.Root);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root);
        foreach (var (client, order, status, code) in new[]
        {
            (county, Order(cycle, p.Changan, "summary", "xlsx"), 404, "GEN-0006"), (administrator, Order(cycle, p.Root, "values", "csv"), 403, "GEN-0005"),
            (owner, Order(cycle, p.ChanganPrimary, "summary", "xlsx"), 404, "ANA-0002"),
            (owner, new { kind = "values", format = "csv", cycleId = AnalyticsFixture.NewId(), organisationId = p.Root.Id, language = "zh" }, 404, "ANA-0001"),
        })
        {
            using var response = await client.PostAsJsonAsync("/api/analytics/exports", order);
            await AnalyticsFixture.RefusedAsync(response, status, code);
        }
    }

    [Fact]
    public async Task Post_TheSameWhileItIsMade_IsTheSame_AndTooManyAtOnceAreRefused()
    {
        var cycle = await fixture.ReportedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        var (id, holder) = await fixture.HeldAsync(cycle, person, "running");
        await using var held = holder;
        Assert.Equal(id, (await owner.AskedAsync(Order(cycle, fixture.Province.Root, "values", "csv"))).Id);
        await using var second = (await fixture.HeldAsync(cycle, person, "running")).Holder;
        await using var third = (await fixture.HeldAsync(cycle, person, "running")).Holder;
        using var response = await owner.PostAsJsonAsync("/api/analytics/exports", Order(cycle, fixture.Province.Root, "summary", "xlsx"));
        await AnalyticsFixture.RefusedAsync(response, 429, "ANA-0041");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Post_WhoKeepsTooMany_IsAskedToRemoveSome()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        for (var i = 0; i < 30; i++)
        {
            await fixture.KeptAsync(AnalyticsFixture.NewId(), cycle, person, "finished");
        }

        using var response = await owner.PostAsJsonAsync("/api/analytics/exports", Order(cycle, fixture.Province.Root, "values", "csv"));
        await AnalyticsFixture.RefusedAsync(response, 409, "ANA-0042");
    }

    /// <summary>文号: one line, of a bulletin alone; another number is another file.</summary>
    [Fact]
    public async Task Post_ANumber_StandsOnTheBulletin_ElsewhereItIsRefused()
    {
        var cycle = await fixture.ReportedAsync();
        var p = fixture.Province;
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        object Numbered(string kind, string format, string? number) => new { kind, format, cycleId = cycle.Id, organisationId = p.Changan.Id, language = "zh", number };
        foreach (var (kind, format, number) in new[] { ("summary", "xlsx", "冀教督〔2026〕12号"), ("bulletin", "docx", new string('号', 61)), ("bulletin", "docx", "冀教督\n〔2026〕12号") })
        {
            using var refused = await county.PostAsJsonAsync("/api/analytics/exports", Numbered(kind, format, number));
            await AnalyticsFixture.RefusedAsync(refused, 422, "ANA-0048");
            Assert.Contains("\"number\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("finished", (await county.EndedAsync((await county.AskedAsync(Numbered("summary", "xlsx", " "))).Id)).State);
        var (one, content) = await county.FetchedAsync(Numbered("bulletin", "docx", " 冀教督〔2026〕12号 "));
        Assert.Equal("冀教督〔2026〕12号", one.Number);
        using var document = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
        Assert.Contains(document.MainDocumentPart!.Document.Body!.Elements(), paragraph => paragraph.InnerText == "冀教督〔2026〕12号");
        var (plain, without) = await county.FetchedAsync(Numbered("bulletin", "docx", null));
        using var other = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(without), isEditable: false);
        Assert.Null(plain.Number);
        // A place to fill in, which nobody takes for a number that was given.
        var blank = Assert.Single(other.MainDocumentPart!.Document.Body!.Elements(), paragraph => paragraph.InnerText.Contains('〔'));
        Assert.Matches("^＿+〔[0-9]{4}〕＿+号（文号待填写）$", blank.InnerText);
    }

    [Fact]
    public async Task Post_TheSameBulletinWithAnotherNumber_IsAnotherFile()
    {
        var cycle = await fixture.ReportedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var owner = fixture.Host.CreateClient(person);
        var (id, holder) = await fixture.HeldAsync(cycle, person, "running", ExportKinds.Bulletin, "docx");
        await using var held = holder;
        object Numbered(string? number) => new { kind = "bulletin", format = "docx", cycleId = cycle.Id, organisationId = fixture.Province.Root.Id, language = "zh", number };
        Assert.Equal(id, (await owner.AskedAsync(Numbered(null))).Id);
        Assert.NotEqual(id, (await owner.AskedAsync(Numbered("1号"))).Id);
    }

    /// <summary>Between asking and making somebody lost the right: nothing is made in their name.</summary>
    [Theory]
    [InlineData(ExportKinds.Values, "csv")]
    [InlineData(ExportKinds.Summary, "xlsx")]
    public async Task Made_ForSomebodyWhoLostTheRight_Fails(string kind, string format)
    {
        var cycle = await fixture.ReportedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (id, holder) = await fixture.HeldAsync(cycle, person, "waiting", kind, format);
        await fixture.Province.RemoveAsync(person);
        await fixture.GoneAsync(holder);
        fixture.Wake();
        var ended = await fixture.RowAsync(id, export => export.State is not ("waiting" or "running"));
        Assert.Equal(("failed", "GEN-0005", 0L), (ended!.State, ended.Problem, ended.Size));
    }
}
