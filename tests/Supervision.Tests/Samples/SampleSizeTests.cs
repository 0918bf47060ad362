using Gengdu.Supervision.Samples;
using static Gengdu.Supervision.Samples.SampleOutcome;

namespace Gengdu.Supervision.Tests.Samples;

/// <summary>How many are read, and how failures widen it.</summary>
public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(1, 15, 1)]
    [InlineData(3, 15, 3)]
    [InlineData(20, 15, 3)]
    [InlineData(21, 15, 4)]
    [InlineData(100, 15, 15)]
    [InlineData(101, 15, 16)]
    [InlineData(500, 10, 50)]
    [InlineData(7, 100, 7)]
    public void First_IsTheShareRoundedUp_AtLeastThree(int candidates, int share, int size) => Assert.Equal(size, SampleSize.First(candidates, share));

    [Fact]
    public void ReachOf_NoFailure_IsTheFirstSize() => Assert.Equal((3, 0), SampleSize.ReachOf([Passed, Waiting, Passed, Waiting, Waiting], 3));

    [Fact]
    public void ReachOf_OneFailure_Doubles() =>
        Assert.Equal((6, 1), SampleSize.ReachOf([Passed, Failed, Waiting, Waiting, Waiting, Waiting, Waiting, Waiting, Waiting], 3));

    [Fact]
    public void ReachOf_SecondFailure_IsEverything() =>
        Assert.Equal((9, 2), SampleSize.ReachOf([Passed, Failed, Passed, Passed, Failed, Waiting, Waiting, Waiting, Waiting], 3));

    [Fact]
    public void ReachOf_FailureBehindTheReach_DoesNotWiden() => Assert.Equal((3, 0), SampleSize.ReachOf([Passed, Passed, Passed, Failed, Failed], 3));

    [Fact]
    public void ReachOf_ReplacedOnes_AreMadeUpForByTheNext() => Assert.Equal((5, 0), SampleSize.ReachOf([Passed, Replaced, Passed, Replaced, Waiting, Waiting], 3));

    [Fact]
    public void ReachOf_FewerThanAskedFor_IsAll() => Assert.Equal((2, 1), SampleSize.ReachOf([Failed, Passed], 2));
}
