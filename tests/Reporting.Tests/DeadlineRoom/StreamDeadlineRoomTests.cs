using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.DeadlineRoom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.DeadlineRoom;

/// <summary>On a host of its own: its clock is moved while pages wait.</summary>
public sealed class StreamDeadlineRoomTests : IAsyncLifetime
{
    private readonly MovedClockFixture _fixture = new();

    public async ValueTask InitializeAsync() => await _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Stream_TellsEachSnapshotOnce_ToManyPagesFromOneReading_AndEndsWithTheRight()
    {
        var rooms = _fixture.Host.Services.GetRequiredService<Rooms>();
        var person = await _fixture.Province.PersonAsync(Roles.CitySupervisor, _fixture.Province.Shijiazhuang);
        using var owner = await _fixture.ClientAsync(Roles.ProvinceOwner, _fixture.Province.Root);
        await using var first = await Page.OpenAsync(_fixture, _fixture.Host.CreateClient(person));
        await using var second = await Page.OpenAsync(_fixture, _fixture.Host.CreateClient(person));
        await using var third = await Page.OpenAsync(_fixture, owner);
        var (id, room) = await first.NextAsync();
        Assert.Equal((id, id), ((await second.NextAsync()).Id, (await third.NextAsync()).Id));
        Assert.Equal(1, rooms.Readings);
        Assert.Equal(_fixture.Province.Shijiazhuang.Id, room.GetProperty("organisation").GetProperty("id").GetGuid());

        // A tick later everybody is told the next one, again from one reading.
        var next = await AdvancedAsync(first);
        Assert.Equal((next, next), ((await second.NextAsync()).Id, (await third.NextAsync()).Id));
        Assert.True(next > id && rooms.Readings == 2, $"{next} after {id}, {rooms.Readings} readings");

        // Who comes back with the last one is not told it again.
        await using var back = await Page.OpenAsync(_fixture, _fixture.Host.CreateClient(person), next);
        var later = await AdvancedAsync(back);
        Assert.True(later > next, $"{later} after {next}");

        await _fixture.Host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(a => a.Removed, true)));
        Assert.Equal("over", await EndedAsync(first));
        using var refused = await _fixture.Host.CreateClient(person).GetAsync(Page.Address(_fixture));
        await RefusedAsync(refused, 403, "GEN-0005");
    }

    [Fact]
    public async Task Stream_ManyPagesOfOnePerson_AreRefused_UntilOneIsClosed()
    {
        var person = await _fixture.Province.PersonAsync(Roles.CountyReviewer, _fixture.Province.Changan);
        var pages = new List<Page>();
        for (var i = 0; i < new RoomOptions().PerPerson; i++)
        {
            pages.Add(await Page.OpenAsync(_fixture, _fixture.Host.CreateClient(person)));
        }

        using var client = _fixture.Host.CreateClient(person);
        using var refused = await client.GetAsync(Page.Address(_fixture));
        await RefusedAsync(refused, 429, "RPT-0249");
        using var outside = await client.GetAsync($"{Page.Address(_fixture)}?organisationId={_fixture.Province.Zhengding.Id}");
        await RefusedAsync(outside, 404, "GEN-0006");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }

        await using var again = await Eventually(async () => await Page.OpenAsync(_fixture, _fixture.Host.CreateClient(person)));
        Assert.True((await again.NextAsync()).Id > 0);
    }

    // The server notices a closed page a moment later.
    private static async Task<Page> Eventually(Func<Task<Page>> open)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await open();
            }
            catch (HttpRequestException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task<long> AdvancedAsync(Page page)
    {
        var next = page.NextAsync();
        while (!next.IsCompleted)
        {
            _fixture.Host.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(next, Task.Delay(50));
        }

        return (await next).Id;
    }

    private async Task<string> EndedAsync(Page page)
    {
        for (; ; )
        {
            var next = page.NextEventAsync();
            while (!next.IsCompleted)
            {
                _fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(next, Task.Delay(50));
            }

            if ((await next).Event is { } name && name != "room")
            {
                return name;
            }
        }
    }

    /// <summary>What a browser's EventSource does.</summary>
    private sealed class Page(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static string Address(ReportingFixture fixture) => $"/api/reporting/cycles/{fixture.CycleId}/deadline-room/stream";

        public static async Task<Page> OpenAsync(ReportingFixture fixture, HttpClient client, long? last = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address(fixture));
            if (last is { } known)
            {
                request.Headers.TryAddWithoutValidation("Last-Event-ID", known.ToString(global::System.Globalization.CultureInfo.InvariantCulture));
            }

            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
            return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        public async Task<(long Id, JsonElement Room)> NextAsync()
        {
            for (; ; )
            {
                if (await NextEventAsync() is { Event: "room" } told)
                {
                    return (long.Parse(told.Id!, global::System.Globalization.CultureInfo.InvariantCulture), JsonElement.Parse(told.Text!));
                }
            }
        }

        public async Task<(string? Id, string? Event, string? Text)> NextEventAsync()
        {
            string? id = null, name = null, text = null;
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(": ", 2))
                {
                    case ["id", var value]: id = value; break;
                    case ["event", var value]: name = value; break;
                    case ["data", var value]: text = value; break;
                    case [""] when name is not null: return (id, name, text);
                }
            }

            throw new EndOfStreamException("The stream ended");
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
