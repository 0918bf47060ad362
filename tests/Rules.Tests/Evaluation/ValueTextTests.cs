using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Tests.Evaluation;

/// <summary>The same table stands in web/src/features/forms/engine/valueText.test.ts.</summary>
public sealed class ValueTextTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(1.5, "1.5")]
    [InlineData(1.005, "1")]
    [InlineData(2.675, "2.68")]
    [InlineData(0.125, "0.13")]
    [InlineData(-0.125, "-0.13")]
    [InlineData(-0.001, "0")]
    [InlineData(1234567.891, "1234567.89")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Number_IsShownWithoutWaste(double value, string expected) => Assert.Equal(expected, ValueText.Number(value));

    [Fact]
    public void Of_OtherValues_InBothLanguages()
    {
        Assert.Equal(new Text("是", "yes"), ValueText.Of(CelValue.True));
        Assert.Equal(new Text("–", "–"), ValueText.Of(CelValue.Null));
        Assert.Equal(new Text("a、2", "a, 2"), ValueText.Of(CelValue.Of([CelValue.Of("a"), CelValue.Of(2)])));
    }
}
