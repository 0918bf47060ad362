using Gengdu.Organisations;
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
}
