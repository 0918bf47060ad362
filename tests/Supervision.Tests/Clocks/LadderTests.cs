using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Reviews;
using static Gengdu.Supervision.Tests.Clocks.HeldDaysTests;

namespace Gengdu.Supervision.Tests.Clocks;

/// <summary>The ladder without a database: ticks in any rhythm, repeated, missed for days; acknowledgements at any time.</summary>
public sealed class LadderTests
{
    private static readonly DateTimeOffset Since = Local("2026-09-01T10:00");
    private static readonly int[] Days = [3, 5, 8];

    [Fact]
    public void Next_AnyTicksAndAnswers_ClimbsOneStepAtATimeNoneTwiceAndNoneTooEarly()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (now, due) = (Since, Days.Select(days => HeldDays.After(Since, days)).ToList());
            var (climbed, at) = (new List<Rung>(), new List<DateTimeOffset>());
            for (var tick = 0; tick < 200; tick++)
            {
                // Minutes mostly; now and then the worker is away for days, or a tick is repeated at once.
                now += random.Next(10) switch { 0 => TimeSpan.FromDays(random.Next(6)), 1 => TimeSpan.Zero, _ => TimeSpan.FromMinutes(random.Next(600)) };
                if (climbed.Count > 0 && climbed[^1].DoneBy is null && random.Next(8) == 0)
                {
                    climbed[^1] = climbed[^1] with { DoneBy = now.AddHours(random.Next(1, 100)) };
                }

                if (Ladder.Next(due, climbed, now) is not { } step)
                {
                    continue;
                }

                Assert.Equal(climbed.Count, step);
                Assert.True(due[step] <= now);
                Assert.True(step == 0 || climbed[step - 1].Until <= now, "an acknowledgement, or the time to give one, stops the next step");
                climbed.Add(new(HeldDays.EndOf(now, 1), null));
                at.Add(now);
                Assert.Null(Ladder.Next(due, climbed, now));
            }

            Assert.Equal(Days.Length, climbed.Count);
            Assert.Equal(at.Order(), at);
        }
    }

    [Fact]
    public void Next_AfterAWeekWithoutAWorker_ClimbsTheFirstStepAlone()
    {
        var (now, due) = (Local("2026-09-30T08:00"), Days.Select(days => HeldDays.After(Since, days)).ToList());
        Assert.Equal(0, Ladder.Next(due, [], now));
        Assert.Null(Ladder.Next(due, [new(HeldDays.EndOf(now, 1), null)], now));
        Assert.Equal(1, Ladder.Next(due, [new(HeldDays.EndOf(now, 1), null)], HeldDays.EndOf(now, 1)));
    }

    [Fact]
    public void Next_Acknowledged_WaitsForWhatWasPromised_AlsoBeyondTheTimeToAnswer()
    {
        var (due, answerBy, doneBy) = (Days.Select(days => HeldDays.After(Since, days)).ToList(), Local("2026-09-10T00:00"), Local("2026-09-12T18:00"));
        Assert.Null(Ladder.Next(due, [new(answerBy, doneBy)], answerBy));
        Assert.Equal(1, Ladder.Next(due, [new(answerBy, doneBy)], doneBy));
        Assert.Equal(1, Ladder.Next(due, [new(answerBy, null)], answerBy));
    }

    [Fact]
    public void Told_IsAlwaysAboveTheHolder()
    {
        foreach (var holder in Enum.GetValues<ReviewLevel>())
        {
            foreach (var tells in Enum.GetValues<LadderTells>())
            {
                var told = new LadderStep { State = HeldState.NotSubmitted, Days = 1, Tell = tells, AnswerWithin = 1 }.Told(holder);
                Assert.Equal(tells == LadderTells.Holder ? holder : (int)tells > (int)holder ? (ReviewLevel)(int)tells : null, told);
            }
        }
    }

    [Theory]
    [InlineData(HeldState.Accepted, 1, 2, 1)]
    [InlineData(HeldState.Returned, 3, 2, 1)]
    [InlineData(HeldState.Returned, 1, 2, 0)]
    [InlineData(HeldState.Returned, 0, 2, 1)]
    public void Options_ThatMakeNoLadder_AreRefusedAtStart(HeldState state, int first, int second, int answerWithin)
    {
        var options = new LadderOptions
        {
            Steps = [
                new() { State = state, Days = first, Tell = LadderTells.Holder, AnswerWithin = answerWithin }, new() { State = state, Days = second, Tell = LadderTells.County, AnswerWithin = 1 }],
        };
        Assert.NotEmpty(options.Validate(new(options)));
    }
}
