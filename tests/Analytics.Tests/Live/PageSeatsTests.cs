using System.Text;
using System.Text.Json;
using Gengdu.LivePages;

namespace Gengdu.Analytics.Tests.Live;

public sealed class PageSeatsTests
{
    private static readonly Guid One = new("0199f9f9-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("0199f9f9-0000-7000-8000-000000000002");

    /// <summary>On the last evening schools must not take the seats of the offices.</summary>
    [Fact]
    public void Rooms_HaveSeatsOfTheirOwn()
    {
        var seats = new PageSeats(perPerson: 2);
        Assert.Equal((true, false, true, false), (seats.TryTake(One, "schools", 1), seats.TryTake(Other, "schools", 1), seats.TryTake(One, "offices", 1), seats.TryTake(Other, "offices", 1)));
        seats.Leave(One, "schools");
        Assert.Equal((true, false), (seats.TryTake(Other, "schools", 1), seats.TryTake(One, "offices", 1)));
    }

    [Fact]
    public void Person_HasSoManyInAllRoomsTogether()
    {
        var seats = new PageSeats(perPerson: 2);
        Assert.True(seats.TryTake(One, "schools", 10));
        Assert.True(seats.TryTake(One, "offices", 10));
        Assert.False(seats.TryTake(One, "offices", 10));
        Assert.True(seats.TryTake(Other, "offices", 10));
        seats.Leave(One, "schools");
        Assert.True(seats.TryTake(One, "offices", 10));
        Assert.False(seats.TryTake(One, "schools", 10));
    }

    [Fact]
    public void Seats_UnderManyHands_AreNeverMoreThanThereAre()
    {
        var seats = new PageSeats(perPerson: 1000);
        var (inside, most) = (0, 0);
        Parallel.For(0, 2000, _ =>
        {
            if (seats.TryTake(One, "offices", 3))
            {
                var now = Interlocked.Increment(ref inside);
                InterlockedMax(ref most, now);
                Interlocked.Decrement(ref inside);
                seats.Leave(One, "offices");
            }
        });
        Assert.InRange(most, 1, 3);
        Assert.True(seats.TryTake(One, "offices", 1));
    }

    [Fact]
    public void Event_IsOneLineOfDataWithItsNumberAndName()
    {
        var bytes = OpenPage.Event(7, "figures", new { Text = "一\n二" }, JsonSerializerOptions.Web);
        Assert.Equal("id: 7\nevent: figures\ndata: {\"text\":\"\\u4E00\\n\\u4E8C\"}\n\n", Encoding.UTF8.GetString(bytes));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var known = Volatile.Read(ref most); now > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, known);
        }
    }
}
