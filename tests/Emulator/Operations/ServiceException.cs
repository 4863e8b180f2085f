using System;
using System.Collections.Generic;
using System.Net;
using System.Xml.Linq;

namespace OssPayment.Emulator.Operations;

/// <summary>An error of the service.</summary>
internal sealed class ServiceException(
    HttpStatusCode status, string code, string message, string ec, params IReadOnlyList<XElement> details)
    : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The EC number under which the vendor documents the cause.</summary>
    public string EC { get; } = ec;

    /// <summary>The additional XML elements of errors with this code.</summary>
    public IReadOnlyList<XElement> Details { get; } = details;
}
