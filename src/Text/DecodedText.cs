using System.IO;
using System.Text;

namespace OssPayment.Text;

/// <summary>
/// Text in the encoding that its byte order mark names, else in UTF-8. Windows PowerShell writes such marks.
/// </summary>
internal static class DecodedText
{
    internal static string Of(byte[] bytes, int length)
    {
        using var reader = new StreamReader(
            new MemoryStream(bytes, 0, length), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
