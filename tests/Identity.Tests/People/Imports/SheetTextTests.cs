using Gengdu.Sheets;

namespace Gengdu.Identity.Tests.People.Imports;

public sealed class SheetTextTests
{
    [Theory]
    [InlineData(" 0012 ", null, "0012")]
    [InlineData(2113200001d, null, "2113200001")]
    [InlineData(12d, "000000", "000012")]
    [InlineData(1.5d, null, "1.5")]
    [InlineData(null, null, "")]
    public void Of_KeepsWhatIsRead(object? value, string? format, string expected) => Assert.Equal(expected, SheetText.Of(value, format));

    [Theory]
    [InlineData("A1", 1, 0)]
    [InlineData("Z9", 9, 25)]
    [InlineData("AB12", 12, 27)]
    public void Address_IsRowAndColumn(string cell, int row, int column) => Assert.Equal((row, column), SheetText.Address(cell));

    [Theory]
    [InlineData("2027-07-31")]
    [InlineData("2027/7/31")]
    [InlineData("2027年7月31日")]
    public void Day_IsWrittenInSeveralWays(string text) => Assert.Equal(new DateOnly(2027, 7, 31), SheetText.Day(text));
}
