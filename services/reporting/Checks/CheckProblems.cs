using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Checks;

/// <summary>Refusals of the public check: RPT-0261.</summary>
internal static class CheckProblems
{
    /// <summary>One answer for what was never given and for what cannot be a code: nobody learns how near a guess was.</summary>
    public static readonly Problem UnknownCode = new("RPT-0261", 404,
        new("没有这个核验码", "There is no such check code"),
        new("没有回执使用这个核验码。请对照回执逐位核对，或扫描回执上的二维码；核验码为 20 位，不含字母 I、L、O、U。",
            "No receipt has this check code. Compare it with the receipt sign by sign, or scan the receipt's QR code; a code has 20 signs and none of the letters I, L, O, U."));
}
