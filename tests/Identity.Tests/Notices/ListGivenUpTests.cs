using System.Net;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>Who looks after the ways is the province's administrator; that there is something to list: DeliverySenderTests.</summary>
public sealed class ListGivenUpTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Theory]
    [InlineData(Roles.Reporter, "130102")]
    [InlineData(Roles.Administrator, "130102")]
    public async Task List_IsForTheProvincesAdministratorAlone(string role, string place)
    {
        using var client = fixture.Host.CreateClient(await fixture.Host.PersonAsync(role, place));
        using var response = await client.GetAsync("/api/identity/deliveries");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
