using Gengdu.Identity.Organisations;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("乐亭县", "laotingxian", "letingxian", "ltx")]
    [InlineData("蔚县", "yuxian", "weixian", "yx")]
    [InlineData("任丘市", "renqiushi", "rqs")]
    [InlineData("行唐县", "xingtangxian", "xtx")]
    [InlineData("长安区", "changanqu", "caq")]
    [InlineData("大城县", "daichengxian", "dcx")]
    [InlineData("大厂回族自治县", "dachanghuizuzizhixian")]
    [InlineData("鄚州第2中学", "maozhoudi2zhongxue", "mzd2zx")]
    public void Readings_HoldTheLocalOne(string name, params string[] expected) => Assert.Subset(Pinyin.ReadingsOf(name).ToHashSet(), expected.ToHashSet());

    [Fact]
    public void Readings_OfManySidedNames_StayFew() => Assert.InRange(Pinyin.ReadingsOf("长乐行重会单解曾乐行长重会单解曾乐行").Count, 2, 20);
}
