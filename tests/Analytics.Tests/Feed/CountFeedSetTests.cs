using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class CountFeedSetTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Count_IsThatOfTheRowsThePersonGets()
    {
        await ReportedAsync(fixture);
        foreach (var (role, at) in new[] { (Roles.ProvinceOwner, fixture.Province.Root), (Roles.CountyReviewer, fixture.Province.Changan), (Roles.Reporter, fixture.Province.ChanganPrimary) })
        {
            using var sheet = await fixture.SheetAsync(role, at);
            foreach (var query in new[] { "Cycles", "Organisations", "Indicators", "Figures", "SchoolFigures", "Completeness", "Completeness?$filter=Due ge 3", "SchoolFigures?$filter=Reason eq null and IndicatorId eq 'K27'" })
            {
                using var counted = await sheet.AskAsync($"/{query.Replace("?", "/$count?", StringComparison.Ordinal)}{(query.Contains('?', StringComparison.Ordinal) ? "" : "/$count")}");
                Assert.Equal("text/plain", counted.Content.Headers.ContentType!.MediaType);
                Assert.Equal($"{(await sheet.RowsAsync($"/{query}")).Count}", await counted.Content.ReadAsStringAsync());
            }
        }
    }

    [Fact]
    public async Task Count_TakesARowOfTheDaysShare_AndIsALookInTheAudit()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var made = await person.MadeAsync();
        using var sheet = fixture.Sheet(made);
        using var counted = await sheet.AskAsync("/Organisations/$count");
        Assert.Equal(1, Assert.Single((await person.KeysAsync()).Keys).RowsToday);
        var seen = Assert.Single(await fixture.Host.AuditOfAsync(made.Id), entry => entry.Act == "feed.seen");
        Assert.Equal((1, fixture.Province.Changan.Path), (seen.Rows, seen.OrganisationPath));
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update feed_keys set rows_used = 3000000 where id = {made.Id}"));
        await sheet.RefusedAsync("/Organisations/$count", 429, "ANA-0087");
    }
}
