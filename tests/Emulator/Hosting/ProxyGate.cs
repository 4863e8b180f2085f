using System;
using System.Collections.Generic;
using System.Text;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Hosting;

/// <summary>Decides whether the proxy takes a request on, and answers in a proxy's way where it does not.</summary>
internal static class ProxyGate
{
    public static Answer? Refuse(RecordedRequest request, EmulatorState state)
    {
        if (state.ProxyCredential is { } credential && request.Header("proxy-authorization") != Basic(credential))
        {
            return Page(
                407, "Proxy Authentication Required", [new("Proxy-Authenticate", "Basic realm=\"emulator\"")]);
        }

        return HostMeaning.Read(request.Host, state) is null ? Page(502, "Bad Gateway", []) : null;
    }

    private static string Basic(ProxyCredential credential) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}"));

    private static Answer Page(int status, string title, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string html =
            $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n";
        return new Answer(status, [.. headers, new("Content-Type", "text/html")], Encoding.UTF8.GetBytes(html));
    }
}
