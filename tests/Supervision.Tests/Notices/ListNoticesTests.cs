using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Notices;

public sealed class ListNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private Organisation School => fixture.Province.ChanganPrimary;

    [Fact]
    public async Task List_ShowsTheOwnAlone()
    {
        var (reader, colleague) = (await ReaderAsync(), await ReaderAsync());
        await RaisedAsync(reader, 1);
        await RaisedAsync(colleague, 2);
        Assert.Single((await PageAsync(reader)).Items);
        Assert.Equal(2, (await PageAsync(colleague)).Unread);
    }

    [Fact]
    public async Task List_UnreadFirst_PageByPageWithoutGapOrRepetition()
    {
        var reader = await ReaderAsync();
        await RaisedAsync(reader, 7);
        using var client = fixture.Host.CreateClient(reader);
        var first = await PageAsync(reader);
        foreach (var notice in first.Items.Take(3))
        {
            using var read = await client.PutAsync(new Uri($"/api/supervision/notices/{notice.Id}/reading", UriKind.Relative), null);
            read.EnsureSuccessStatusCode();
        }

        var (seen, cursor) = (new List<NoticeResponse>(), "");
        do
        {
            var page = await PageAsync(reader, $"?pageSize=2{cursor}");
            Assert.Equal(4, page.Unread);
            seen.AddRange(page.Items);
            cursor = page.Next is null ? null! : $"&cursor={page.Next}";
        }
        while (cursor is not null);
        Assert.Equal(first.Items.Select(n => n.Id).Order(), seen.Select(n => n.Id).Order());
        Assert.Equal([false, false, false, false, true, true, true], seen.Select(n => n.ReadAt is not null));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("MS54Lnk")]
    [InlineData("MC45OTk5OTk5OTk5OTk5OTk5OTk5LjAxOTk0ODAwMDAwMDcwMDA4MDAwMDAwMDAwMDAwMDAw")]
    [InlineData("'; drop table notices; --")]
    public async Task Cursor_ThatIsNone_IsRefused(string cursor)
    {
        using var client = fixture.Host.CreateClient(await ReaderAsync());
        using var response = await client.GetAsync(new Uri($"/api/supervision/notices?cursor={Uri.EscapeDataString(cursor)}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(response, 400, "GEN-0010");
    }

    /// <summary>Who no longer sees the school is no longer told of it.</summary>
    [Fact]
    public async Task List_AfterTheRightEnded_IsEmpty()
    {
        var reader = await ReaderAsync();
        await RaisedAsync(reader, 1);
        await fixture.Province.RemoveAsync(reader);
        Assert.Empty((await PageAsync(reader)).Items);
    }

    [Fact]
    public async Task Cleaner_TakesWhatIsOldAndReadAndWhatIsVeryOld()
    {
        var reader = await ReaderAsync();
        await RaisedAsync(reader, 4);
        var ids = (await PageAsync(reader)).Items.Select(n => n.Id).ToList();
        var now = fixture.Host.Clock.GetUtcNow();
        (double Days, bool Read)[] ages = [(91, true), (91, false), (397, false), (89, true)];
        foreach (var (i, (days, read)) in ages.Index())
        {
            var (id, at) = (ids[i], now.AddDays(-days));
            DateTimeOffset? readAt = read ? at : null;
            await fixture.Host.InDatabaseAsync(db => db.Notices.Where(n => n.Id == id).ExecuteUpdateAsync(set => set.SetProperty(n => n.CreatedAt, at).SetProperty(n => n.ReadAt, readAt)));
        }

        await ((NoticeCleaner)fixture.Host.Services.GetService(typeof(NoticeCleaner))!).CleanAsync(CancellationToken.None);
        Assert.Equal(new[] { ids[1], ids[3] }.Order(), (await PageAsync(reader)).Items.Select(n => n.Id).Order());
    }

    private Task<Guid> ReaderAsync() => fixture.Province.PersonAsync(Roles.Reporter, School);

    private Task<int> RaisedAsync(Guid person, int count) => fixture.RaisedAsync([.. Enumerable.Range(0, count).Select(_ => NoticeRaisingTests.Returned(School) with { PersonId = person })]);

    private async Task<NoticePage> PageAsync(Guid person, string query = "")
    {
        using var client = fixture.Host.CreateClient(person);
        return (await client.GetFromJsonAsync<NoticePage>($"/api/supervision/notices{query}", SupervisionFixture.Json))!;
    }
}
