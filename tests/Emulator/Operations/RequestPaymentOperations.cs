using System.Xml.Linq;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Operations;

/// <summary>Operations that get and set who pays for a bucket.</summary>
internal static class RequestPaymentOperations
{
    private const string Root = "RequestPaymentConfiguration";
    private const string InvalidStructure = "0035-00000001";
    private const string InvalidPayer = "0035-00000002";

    public static Response Get(OperationCall call) =>
        call.Responses.Xml(new XElement(Root, new XElement("Payer", call.Bucket!.Payer)));

    public static Response Put(OperationCall call)
    {
        XElement[] elements = [.. RequestBody.Read(call.Request, Root, InvalidStructure).Elements()];
        if (elements.Length != 1 || elements[0].Name.LocalName != "Payer")
        {
            throw ServiceErrors.MalformedXml(InvalidStructure);
        }

        call.Bucket!.Payer = elements[0].Value switch
        {
            "BucketOwner" => Payer.BucketOwner,
            "Requester" => Payer.Requester,
            _ => throw ServiceErrors.MalformedXml(InvalidPayer),
        };
        return call.Responses.Empty();
    }
}
