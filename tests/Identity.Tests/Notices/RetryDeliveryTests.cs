using System.Net;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Notices;

public sealed class RetryDeliveryTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task Retry_OfWhatWasGivenUp_SendsIt_AndOfAnythingElseIsRefused()
    {
        var (person, address) = await fixture.PersonAsync();
        var notice = await fixture.RaisedAsync(person);
        var id = (await fixture.DeliveryAsync(notice)).Id;
        using var administrator = fixture.Host.Administrator;
        Assert.Equal(HttpStatusCode.Conflict, await RetryAsync(administrator, id));
        await fixture.Host.InDatabaseAsync(db => db.Deliveries.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead).SetProperty(d => d.SettledAt, fixture.Now)));
        Assert.Equal(HttpStatusCode.NotFound, await RetryAsync(administrator, Guid.CreateVersion7(fixture.Now)));
        using var other = fixture.Host.CreateClient(await fixture.Host.PersonAsync(Roles.Administrator, "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, await RetryAsync(other, id));
        Assert.Equal(HttpStatusCode.NoContent, await RetryAsync(administrator, id));
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));
    }

    private static async Task<HttpStatusCode> RetryAsync(HttpClient client, Guid id)
    {
        using var response = await client.PostAsync(Arranging.At($"/api/identity/deliveries/{id}/retry"), null);
        return response.StatusCode;
    }
}
