using System.Net;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Returns;

public sealed class RemoveReturnPhraseTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Delete_ByTheOfficeAlone_AndThenItIsGone()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        using HttpClient own = await fixture.ClientAsync(Roles.CountyReviewer, county), city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding),
            elsewhere = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var address = $"/api/supervision/return-phrases/{(await AddReturnPhraseTests.AddedAsync(own, county, "请核对")).Id}";
        await RefusedAsync(await city.DeleteAsync(address), 403, "SUP-0090");
        await RefusedAsync(await elsewhere.DeleteAsync(address), 404, "GEN-0006");
        using (var removed = await own.DeleteAsync(address))
        {
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        Assert.Empty(await ListReturnPhrasesTests.ListAsync(own, county));
        Assert.Single(await fixture.Host.AuditOfAsync(Guid.Parse(address[^36..])), entry => entry.Act == "return-phrase.removed");
        await RefusedAsync(await own.DeleteAsync(address), 404, "GEN-0006");
    }
}
