using System.Net.Http.Json;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Notices;

public sealed class ReadNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task ReadAll_LeavesWhatCameInMeanwhileAndWhatIsOthers()
    {
        var school = fixture.Province.ChanganPrimary;
        var (reader, other) = (await fixture.Province.PersonAsync(Roles.Reporter, school), await fixture.Province.PersonAsync(Roles.Reporter, school));
        await RaisedAsync(reader, other);
        var until = fixture.Host.Clock.GetUtcNow();
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await RaisedAsync(reader);
        using var client = fixture.Host.CreateClient(reader);
        using var response = await client.PostAsJsonAsync("/api/supervision/notices/readings", new { until });
        response.EnsureSuccessStatusCode();
        var unread = await fixture.Host.InDatabaseAsync(db => db.Notices.Where(n => (n.PersonId == reader || n.PersonId == other) && n.ReadAt == null).Select(n => new { n.PersonId, n.CreatedAt }).ToListAsync());
        Assert.Equal(2, unread.Count);
        Assert.True(unread.Single(n => n.PersonId == reader).CreatedAt > until);
    }

    private Task<int> RaisedAsync(params Guid[] people) => fixture.RaisedAsync([.. people.Select(person => NoticeRaisingTests.Returned(fixture.Province.ChanganPrimary) with { PersonId = person })]);
}
