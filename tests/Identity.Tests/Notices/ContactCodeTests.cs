using Gengdu.Identity.Notices;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>The rules of a code: how often it may be asked for, how long it holds, how often it may be wrong.</summary>
public sealed class ContactCodeTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Code_IsUsedOnce()
    {
        var code = Sent("123456");
        Assert.Equal("IDN-0125", code.Use("123457", Now)?.Code);
        Assert.Null(code.Use("123456", Now.AddMinutes(14)));
        Assert.Equal("IDN-0126", code.Use("123456", Now.AddMinutes(14))?.Code);
    }

    [Fact]
    public void Code_IsOver_AfterItsTime_AfterFiveWrongOnes_AndWhenItsAddressIsNoMore()
    {
        Assert.Equal("IDN-0126", Sent("123456").Use("123456", Now.AddMinutes(15))?.Code);
        var guessed = Sent("123456");
        Assert.Equal(["IDN-0125", "IDN-0125", "IDN-0125", "IDN-0125", "IDN-0126"], Enumerable.Range(0, 5).Select(n => guessed.Use($"00000{n}", Now)!.Code));
        Assert.Equal("IDN-0126", guessed.Use("123456", Now)?.Code);
        var forgotten = Sent("123456");
        forgotten.Forget();
        Assert.Equal("IDN-0126", forgotten.Use("123456", Now)?.Code);
    }

    [Fact]
    public void Another_ComesAfterAMinute_EightADay_AndTakesThePlaceOfTheFirst()
    {
        var code = Sent("123456");
        Assert.Equal("IDN-0123", code.Renew("222222", Now.AddSeconds(59))?.Code);
        for (var n = 1; n < ContactCode.MostADay; n++)
        {
            Assert.Null(code.Renew("222222", Now.AddMinutes(n)));
        }

        Assert.Equal("IDN-0124", code.Renew("333333", Now.AddMinutes(30))?.Code);
        Assert.Equal("IDN-0125", code.Use("123456", Now.AddMinutes(10))?.Code);
        Assert.Null(code.Use("222222", Now.AddMinutes(10)));
        Assert.Null(code.Renew("333333", Now.AddDays(1).AddMinutes(1)));
    }

    [Fact]
    public void Code_OfOnePerson_IsNotThatOfAnother_ThoughItsDigitsAreTheSame() => Assert.NotEqual(Sent("123456").Hash, Sent("123456").Hash);

    [Fact]
    public void Drawn_AreSixDigits() => Assert.All(Enumerable.Range(0, 100), _ => Assert.Matches(@"\A[0-9]{6}\z", ContactCode.Draw()));

    private static ContactCode Sent(string digits)
    {
        var code = ContactCode.Of(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Channels.Mail);
        Assert.Null(code.Renew(digits, Now));
        return code;
    }
}
