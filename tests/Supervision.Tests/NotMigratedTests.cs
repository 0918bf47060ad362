using System.Net;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Hosting;

namespace Gengdu.Supervision.Tests;

/// <summary>A service that is started before its schema is there: it says so, and to come again.</summary>
public sealed class NotMigratedTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_BeforeTheSchemaIsThere_Is503AndNotAFault()
    {
        await using var database = await TestDatabase.CreateAsync();
        var connection = await database.ConnectionStringAsync("supervision");
        await using var early = fixture.Host.WithWebHostBuilder(host => host.UseSetting("ConnectionStrings:Postgres", connection));
        using var client = early.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Issue(Guid.Parse("0193b0c0-0000-7000-8000-000000000001"), "supervision"));
        using var told = await client.GetAsync(new Uri("/api/supervision/reviews", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(told, 503, "GEN-0009");
        Assert.NotNull(told.Headers.RetryAfter);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }
}
