using Gengdu.Organisations;
using Microsoft.OData.Edm;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class GetFeedMetadataTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Everything_IsReadByODatasOwnLibrary_AgainstTheMetadata()
    {
        await ReportedAsync(fixture);
        using var sheet = await fixture.SheetAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var model = await sheet.ModelAsync();
        Assert.Equal(["Cycles", "Organisations", "Indicators", "Figures", "SchoolFigures", "Completeness"], model.EntityContainer.EntitySets().Select(set => set.Name));
        foreach (var set in model.EntityContainer.EntitySets())
        {
            Assert.NotEmpty(set.EntityType.Key());
            var (rows, page) = await sheet.ConformantAsync(model, set.Name, "?$count=true");
            Assert.NotEmpty(rows);
            Assert.Equal(rows.Count, page.Count);
            Assert.All(rows, row => Assert.Equal(set.EntityType.StructuralProperties().Select(property => property.Name), row.Properties.Select(property => property.Name)));
        }
    }

    /// <summary>People's spreadsheets stand on these names.</summary>
    [Fact]
    public async Task Metadata_IsTheReviewedOne()
    {
        using var sheet = await fixture.SheetAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await sheet.AskAsync("/$metadata");
        await TestKit.Snapshot.VerifyAsync("docs/api/feed.metadata.xml", System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync()).ToString());
    }
}
