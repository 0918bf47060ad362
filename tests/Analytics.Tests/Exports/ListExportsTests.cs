using System.Net.Http.Json;
using Gengdu.Analytics.Exports;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class ListExportsTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Get_ListsTheOwnThatHaveNotExpired()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var other = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var kept = AnalyticsFixture.NewId();
        await fixture.KeptAsync(kept, cycle, person, "finished");
        await fixture.KeptAsync(AnalyticsFixture.NewId(), cycle, person, "finished", expires: fixture.Host.Clock.GetUtcNow());
        await fixture.KeptAsync(AnalyticsFixture.NewId(), cycle, other, "finished");
        using var client = fixture.Host.CreateClient(person);
        var page = (await client.GetFromJsonAsync<Page<ExportResponse>>("/api/analytics/exports", AnalyticsFixture.Json))!;
        Assert.Equal([(kept, "河北省")], page.Items.Select(export => (export.Id, export.NameZh)));
        Assert.Equal(1, page.Total);
    }
}
