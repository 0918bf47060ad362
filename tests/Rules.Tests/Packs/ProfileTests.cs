namespace Gengdu.Rules.Tests.Packs;

public sealed class ProfileTests
{
    private static readonly Profile Known = new(Sizes: [100, 300, 2000]);

    [Theory]
    [InlineData(0, "0-99")]
    [InlineData(99, "0-99")]
    [InlineData(100, "100-299")]
    [InlineData(1999, "300-1999")]
    [InlineData(2000, "2000-")]
    [InlineData(null, null)]
    public void SizeOf_IsTheClassThatHoldsTheNumber(int? pupils, string? expected) => Assert.Equal(expected, Known.SizeOf(pupils));

    [Theory]
    [InlineData(0, "day")]
    [InlineData(1, "boarding")]
    [InlineData(null, null)]
    public void BoardingOf_TakesOneBoarder(int? boarders, string? expected) => Assert.Equal(expected, Profile.BoardingOf(boarders));

    [Fact]
    public void Pack_ThatSaysNothing_NotesNothing()
    {
        Assert.Null(Profile.None.SizeOf(500));
        Assert.Equal((null, null), (Profile.None.Pupils, Profile.None.Boarders));
    }
}
