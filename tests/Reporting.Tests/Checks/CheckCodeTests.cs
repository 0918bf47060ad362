using Gengdu.Reporting.Checks;

namespace Gengdu.Reporting.Tests.Checks;

public sealed class CheckCodeTests
{
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void New_IsReadAsItIsPrinted_AndNeverComesTwice()
    {
        var codes = Enumerable.Range(0, 2000).Select(_ => CheckCode.New()).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Equal(code, CheckCode.Read(CheckCode.Printed(code))));
        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$", CheckCode.Printed(codes[0]));
    }

    [Fact]
    public void Read_AnyOneWrongSign_OrAnyTwoExchanged_IsNoCode()
    {
        var code = CheckCode.New();
        var wrong = new List<string>();
        for (var i = 0; i < code.Length; i++)
        {
            wrong.AddRange(Signs.Where(sign => sign != code[i]).Select(sign => code[..i] + sign + code[(i + 1)..]));
            for (var j = i + 1; j < code.Length; j++)
            {
                var signs = code.ToCharArray();
                (signs[i], signs[j]) = (signs[j], signs[i]);
                wrong.Add(new(signs));
            }
        }

        Assert.All(wrong.Where(other => other != code), other => Assert.Null(CheckCode.Read(other)));
    }

    [Fact]
    public void Read_HowPeopleType_IsUnderstood()
    {
        string code;
        do
        {
            code = CheckCode.New();
        }
        while (!code.Contains('0', StringComparison.Ordinal) || !code.Contains('1', StringComparison.Ordinal));

        var fullWidth = string.Concat(code.Select(sign => (char)(sign + 0xfee0)));
        foreach (var typed in new[] { code.ToLowerInvariant(), code.Replace('0', 'O').Replace('1', 'l'), $"  {CheckCode.Printed(code).Replace('-', '–')}　", fullWidth })
        {
            Assert.Equal(code, CheckCode.Read(typed));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K3M")]
    [InlineData("UUUUUUUUUUUUUUUUUUUU")]
    [InlineData("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂")]
    [InlineData("' or 1=1 --         ")]
    [InlineData("000000000000000000000")]
    public void Read_Garbage_IsNoCode(string? typed) => Assert.Null(CheckCode.Read(typed));
}
