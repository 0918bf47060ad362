using System.Net;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Notices;

public sealed class ReadNoticeTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Read_Twice_KeepsTheFirstTime()
    {
        var (reader, id) = await RaisedAsync();
        Assert.Equal(HttpStatusCode.NoContent, await ReadAsync(reader, id));
        var first = await ReadAtAsync(id);
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NoContent, await ReadAsync(reader, id));
        Assert.NotNull(first);
        Assert.Equal(first, await ReadAtAsync(id));
    }

    /// <summary>A colleague with the same rights, the reviewer above, the province: a notice is the reader's own.</summary>
    [Fact]
    public async Task Read_OfAnothersNotice_IsNotFound()
    {
        var (_, id) = await RaisedAsync();
        var province = fixture.Province;
        foreach (var (role, at) in new[] { (Roles.Reporter, province.ChanganPrimary), (Roles.CountyReviewer, province.Changan), (Roles.ProvinceOwner, province.Root) })
        {
            Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(await province.PersonAsync(role, at), id));
        }

        Assert.Null(await ReadAtAsync(id));
    }

    private async Task<(Guid Reader, Guid Id)> RaisedAsync()
    {
        var reader = await fixture.Province.PersonAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        await fixture.RaisedAsync(NoticeRaisingTests.Returned(fixture.Province.ChanganPrimary) with { PersonId = reader });
        return (reader, await fixture.Host.InDatabaseAsync(db => db.Notices.Where(n => n.PersonId == reader).Select(n => n.Id).SingleAsync()));
    }

    private async Task<HttpStatusCode> ReadAsync(Guid person, Guid id)
    {
        using var client = fixture.Host.CreateClient(person);
        using var response = await client.PutAsync(new Uri($"/api/supervision/notices/{id}/reading", UriKind.Relative), null);
        return response.StatusCode;
    }

    private Task<DateTimeOffset?> ReadAtAsync(Guid id) => fixture.Host.InDatabaseAsync(db => db.Notices.Where(n => n.Id == id).Select(n => n.ReadAt).SingleAsync());
}
