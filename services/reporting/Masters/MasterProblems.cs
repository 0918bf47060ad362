using Gengdu.ServiceDefaults;
using Gengdu.Sheets;

namespace Gengdu.Reporting.Masters;

/// <summary>What is wrong with a file of register figures as a whole; faults of rows are texts below. RPT-0340 to RPT-0346.</summary>
internal static class MasterProblems
{
    public static readonly Problem NoFile = new("RPT-0340", 422,
        new("没有收到文件", "There is no file"),
        new("请以 multipart/form-data 上传一个名为 file 的 XLSX 或 CSV 文件。", "Send one XLSX or CSV file as multipart/form-data in the field “file”."));

    public static readonly Problem NotReadable = new("RPT-0341", 422,
        new("无法读取此文件", "The file cannot be read"),
        new("请使用模板，并保存为 XLSX（不加密）或 CSV（UTF-8 或 GB18030）。旧的 XLS 请另存为 XLSX。", "Use the template and save it as XLSX (not encrypted) or CSV (UTF-8 or GB18030). Save an old XLS as XLSX."));

    public static readonly Problem Macro = new("RPT-0342", 422,
        new("文件中含有宏", "The file contains a macro"),
        new("请另存为不含宏的 XLSX 后重新上传。", "Save it as XLSX without macros and send it again."));

    public static readonly Problem TooLarge = new("RPT-0343", 413,
        new("文件过大", "The file is too large"),
        new($"文件最大 {MasterFile.LargestFile / 1024 / 1024} MB，解压后也有限制。请只保留一张工作表，去掉图片和多余格式。",
            $"At most {MasterFile.LargestFile / 1024 / 1024} MB, and unpacked there is a limit too. Keep one sheet only, without pictures and unneeded formats."));

    public static readonly Problem TooManyRows = new("RPT-0344", 422,
        new("行数过多", "There are too many rows"),
        new($"每次最多 {MasterFile.MostRows:N0} 行，请拆分后分批导入。", $"At most {MasterFile.MostRows:N0} rows at a time; split the file."));

    public static Problem WrongHeaders(IReadOnlyList<FieldError> errors) => new("RPT-0345", 422,
        new("表头不正确", "The headings are not right"),
        new($"第一行有 {errors.Count} 处问题，详见各处说明；可下载模板对照。", $"The first row has {errors.Count} fault(s), see each one; compare with the template."))
    { Errors = errors };

    public static readonly Problem NoRows = new("RPT-0346", 422,
        new("文件中没有数据", "There are no figures in the file"),
        new("请从第二行起每行填写一所学校。", "Write one school a row, from the second row on."));

    public static readonly Text Formula = new("此处是公式或以 = + - @ 开头，请填写数值", "This is a formula or begins with = + - @; write a number");

    public static readonly Text BadNumber = new("应为 0 或正整数", "It is a whole number, 0 or more");

    public static readonly Text UnknownSchool = new("没有此代码的学校，或不在您的管理范围内", "No school has this code, or it is not among yours");

    public static readonly Text Empty = new("此行没有任何数值", "This row holds no figure");

    public static Text Duplicate(int row) => new($"与第 {row} 行的学校重复", $"Row {row} is about the same school");

    public static Text WrongTotal(double given, double sum) => new($"合计 {given:0} 与各年级之和 {sum:0} 不一致", $"The total {given:0} is not the {sum:0} of the grades");

    public static Text WrongGrade => new("该校没有这个年级", "The school does not teach this grade");

    public static Problem Of(SheetFault fault) => fault switch
    {
        SheetFault.NoFile => NoFile,
        SheetFault.TooLarge => TooLarge,
        SheetFault.Macro => Macro,
        _ => NotReadable,
    };
}
