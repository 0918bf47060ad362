using Gengdu.Analytics.Publications;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Publications;

public sealed class DiscardDraftTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Discard_RemovesTheCopy_ButNeverWhatWasPublished()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var draft = await PublishFiguresTests.CheckedAsync(fixture, cycle);
        using (var done = await owner.DeleteAsync(Address(draft.Id)))
        {
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        }

        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Set<PublishedFigure>().AnyAsync(figure => figure.CycleId == cycle.Id)));
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "figures.draft-discarded" && entry.ObjectId == cycle.Id.ToString());
        await RefusedAsync(owner, draft.Id, 409, "ANA-0073");

        await PublishFiguresTests.PublishAsync(fixture, cycle);
        var published = await fixture.Host.InDatabaseAsync(db => db.Set<PublicationDraft>().Where(one => one.CycleId == cycle.Id && one.State == "published").Select(one => one.Id).SingleAsync());
        await RefusedAsync(owner, published, 409, "ANA-0073");
        await RefusedAsync(owner, Guid.Empty, 404, "GEN-0006");
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        await RefusedAsync(administrator, published, 403, "GEN-0005");
    }

    private static Uri Address(Guid id) => new($"/api/analytics/publications/drafts/{id}", UriKind.Relative);

    private static async Task RefusedAsync(HttpClient client, Guid id, int status, string code)
    {
        using var refused = await client.DeleteAsync(Address(id));
        await AnalyticsFixture.RefusedAsync(refused, status, code);
    }
}
