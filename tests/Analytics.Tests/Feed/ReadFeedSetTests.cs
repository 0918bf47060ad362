using System.Net;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.OData;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Feed;

/// <summary>Changan has three schools that spend 3, 5 and 4 a pupil and one that sent nothing, Zhengding one that spends 20.</summary>
public sealed class ReadFeedSetTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Figures_AreTheDashboardsNumbers()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.ProvinceOwner, Province.Root);
        foreach (var place in new[] { Province.Root, Province.Shijiazhuang, Province.Changan, Province.Zhengding })
        {
            var shown = (await fixture.NodeAsync(cycle, place)).Indicators.Where(figure => figure.Later is null && figure.Passport.Coverage.Due > 0).OrderBy(figure => figure.Id, StringComparer.Ordinal).ToList();
            var rows = await sheet.RowsAsync($"/Figures?$filter=CycleId eq {cycle.Id} and OrganisationId eq {place.Id}");
            Assert.Equal(
                shown.Select(f => (f.Id, f.Value, f.Numerator, f.Denominator, f.Light, f.Target, f.Passport.Coverage.Reported, f.Passport.Coverage.Due, f.Passport.ApprovalShare, f.Passport.AsOf, f.Passport.FormulaVersion)),
                rows.Select(r => (r.GetProperty("IndicatorId").GetString()!, Number(r, "Value"), Number(r, "Numerator"), Number(r, "Denominator"), r.GetProperty("Light").GetString()!, Number(r, "Target"),
                    r.GetProperty("Reported").GetInt32(), r.GetProperty("Due").GetInt32(), Number(r, "ApprovalShare"), r.GetProperty("AsOf").GetDateTimeOffset(), r.GetProperty("FormulaVersion").GetString()!)));
        }
    }

    [Fact]
    public async Task SchoolFigures_AreEachSchoolsOwn_WithTheReasonWhereThereIsNone()
    {
        var (cycle, late) = await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, Province.Changan);
        var rows = await sheet.RowsAsync($"/SchoolFigures?$filter=CycleId eq {cycle.Id} and IndicatorId in ('K27')");
        Assert.Equal([3m, 4m, 5m, null], rows.Select(row => Number(row, "Value")).OrderBy(value => value ?? 99));
        var without = rows.Single(row => row.GetProperty("OrganisationId").GetGuid() == late.Id);
        Assert.Equal(("not-submitted", late.NameZh, late.Code), (without.GetProperty("Reason").GetString(), without.GetProperty("NameZh").GetString(), without.GetProperty("Code").GetString()));
        Assert.True(rows.Single(row => row.GetProperty("OrganisationId").GetGuid() == Province.ChanganPrimary.Id).GetProperty("Approved").GetBoolean());
    }

    [Fact]
    public async Task Indicators_AreThoseOfTheProgramme_WithTheirNames()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, Province.Changan);
        var rows = await sheet.RowsAsync($"/Indicators?$filter=ProgrammeVersion eq '{cycle.Version}'");
        Assert.Equal((await fixture.NodeAsync(cycle, Province.Root)).Indicators.Select(figure => figure.Id), rows.Select(row => row.GetProperty("Id").GetString()));
        var one = rows.Single(row => row.GetProperty("Id").GetString() == "K27");
        Assert.Equal(("个", 2), (one.GetProperty("UnitZh").GetString(), one.GetProperty("Decimals").GetInt32()));
    }

    [Theory]
    [InlineData("Figures", "CycleId eq {0}")]
    [InlineData("SchoolFigures", "CycleId eq {0}")]
    [InlineData("SchoolFigures", "IndicatorId eq 'K27'")]
    [InlineData("Completeness", "Due ge 0")]
    [InlineData("Organisations", "Levels eq 'school'")]
    [InlineData("Cycles", "State eq 'open'")]
    [InlineData("Indicators", "Kind in ('ratio','share')")]
    public async Task Pages_ByTwo_AreTheWholeWithoutGapOrRepeat(string set, string filter)
    {
        var ((cycle, _), _) = (await ReportedAsync(fixture), await ReportedAsync(fixture));
        using var sheet = await fixture.SheetAsync(Roles.CitySupervisor, Province.Shijiazhuang);
        var query = $"/{set}?$filter={string.Format(System.Globalization.CultureInfo.InvariantCulture, filter, cycle.Id)}";
        var whole = await sheet.RowsAsync(query);
        var (pages, count) = await sheet.AllAsync(query, 7);
        Assert.Equal(whole.Select(row => row.GetRawText()), pages.Select(row => row.GetRawText()));
        Assert.Equal((whole.Count + 6) / 7, count);
        Assert.Equal(whole.Count, whole.Select(row => row.GetRawText()).Distinct().Count());
    }

    [Fact]
    public async Task Page_StandsWhereItWas_WhenRowsComeBeforeIt()
    {
        await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, Province.Changan);
        var first = await sheet.JsonAsync("/Organisations", 2);
        var before = (await sheet.RowsAsync("/Organisations")).Skip(2).Select(row => row.GetProperty("Id").GetGuid()).ToList();
        var added = await Province.SchoolAsync(Province.Changan);
        var (rest, _) = await sheet.AllAsync(first.GetProperty("@odata.nextLink").GetString()!, 100);
        Assert.Equal(before, rest.Select(row => row.GetProperty("Id").GetGuid()).Where(id => id != added.Id));
    }

    [Fact]
    public async Task Options_SelectTopOrderAndFilter_DoWhatTheySay()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.ProvinceOwner, Province.Root);
        var model = await sheet.ModelAsync();
        var (some, _) = await sheet.ConformantAsync(model, "Figures", $"?$select=IndicatorId,Value&$top=3&$orderby=CycleId,Path asc&$filter=CycleId eq {cycle.Id} and Due ge 1 and Reported gt 0 and IndicatorId in ('K27','K01')");
        Assert.Equal(3, some.Count);
        Assert.All(some, row => Assert.Equal(["IndicatorId", "Value"], row.Properties.Select(property => property.Name)));
        var (byTwo, pages) = await sheet.AllAsync($"/Figures?$top=5&$filter=CycleId eq {cycle.Id}", 2);
        Assert.Equal((5, 3), (byTwo.Count, pages));
        Assert.Empty(await sheet.RowsAsync("/Cycles?$top=0"));
        Assert.Empty(await sheet.RowsAsync("/Organisations?$filter=Code in ()"));
        Assert.Empty(await sheet.RowsAsync("/Cycles?$filter=PeriodStart gt 2099-01-01"));
        Assert.NotEmpty(await sheet.RowsAsync("/Cycles?$filter=PeriodStart le 2026-09-01 and OpenedAt ge 2026-01-01T00:00:00Z and FiscalYear eq 2026 and ClosedAt eq null"));
        Assert.Empty(await sheet.RowsAsync("/Organisations?$filter=Code eq ''' or true --'"));
        using var preferred = await sheet.AskAsync("/Organisations", 2);
        Assert.Equal("odata.maxpagesize=2", preferred.Headers.GetValues("Preference-Applied").Single());
        foreach (var none in new[] { 0, -1 })
        {
            using var ignored = await sheet.AskAsync("/Organisations", none);
            Assert.Equal((HttpStatusCode.OK, false), (ignored.StatusCode, ignored.Headers.Contains("Preference-Applied")));
        }
    }

    [Fact]
    public async Task Scope_IsThePersonsOfThisMoment()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        using var county = await fixture.SheetAsync(Roles.CountyReviewer, Province.Changan);
        foreach (var (set, path) in new[] { ("Organisations", "Path"), ("Figures", "Path"), ("SchoolFigures", "Path"), ("Completeness", "Path") })
        {
            var paths = (await county.RowsAsync($"/{set}")).ConvertAll(row => row.GetProperty(path).GetString()!);
            Assert.NotEmpty(paths);
            Assert.All(paths, at => Assert.StartsWith(Province.Changan.Path, at, StringComparison.Ordinal));
            Assert.Empty(await county.RowsAsync($"/{set}?$filter=Path eq '{Province.ZhengdingJunior.Path}'"));
        }

        // A school sees its own numbers and nobody's beside them.
        using var school = await fixture.SheetAsync(Roles.Reporter, Province.ChanganPrimary);
        Assert.Equal([Province.ChanganPrimary.Id], (await school.RowsAsync($"/SchoolFigures?$filter=CycleId eq {cycle.Id}")).Select(row => row.GetProperty("OrganisationId").GetGuid()).Distinct());
        Assert.Equal([Province.ChanganPrimary.Id], (await school.RowsAsync("/Organisations")).Select(row => row.GetProperty("Id").GetGuid()));
        Assert.Empty(await school.RowsAsync("/Figures"));
        // Whoever sees the totals of a place alone gets no parts of it.
        using var department = await fixture.SheetAsync(Roles.Reporter, Province.Changan);
        Assert.Equal([Province.Changan.Id], (await department.RowsAsync("/Figures")).Select(row => row.GetProperty("OrganisationId").GetGuid()).Distinct());
        Assert.Empty(await department.RowsAsync("/SchoolFigures"));
    }

    [Fact]
    public async Task Rights_TakenAway_AreGoneFromTheKeyAtOnce()
    {
        await ReportedAsync(fixture);
        var id = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        using var person = fixture.Host.CreateClient(id);
        using var sheet = fixture.Sheet(await person.MadeAsync());
        Assert.NotEmpty(await sheet.RowsAsync("/Organisations"));
        await Province.RemoveAsync(id);
        foreach (var address in new[] { "", "/$metadata", "/Organisations", "/Figures/$count" })
        {
            await sheet.RefusedAsync(address, 403, "GEN-0005");
        }
    }

    [Fact]
    public async Task Use_StandsInTheAudit_OncePerAnswer_WithItsRows()
    {
        await ReportedAsync(fixture);
        var id = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        using var person = fixture.Host.CreateClient(id);
        var made = await person.MadeAsync();
        using var sheet = fixture.Sheet(made);
        var rows = await sheet.RowsAsync("/SchoolFigures?$filter=IndicatorId eq 'K27'");
        var seen = Assert.Single(await fixture.Host.AuditAsync(), entry => entry.Act == "feed.seen" && entry.ObjectId == made.Id.ToString());
        Assert.Equal((id, rows.Count, Province.Changan.Path), (seen.ActorId, seen.Rows, seen.OrganisationPath));
        Assert.Contains("SchoolFigures", seen.Filter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_IsTheAddressTheClientUsed()
    {
        await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.CountyReviewer, Province.Changan);
        sheet.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        sheet.DefaultRequestHeaders.Add("X-Forwarded-Host", "gengdu.example");
        var page = await sheet.JsonAsync("/Organisations?$select=Code", 1);
        Assert.StartsWith("https://gengdu.example/api/analytics/feed/Organisations?$select=Code&$skiptoken=", page.GetProperty("@odata.nextLink").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("https://gengdu.example/api/analytics/feed/$metadata#Organisations", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
    }

    private static decimal? Number(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : null;
}
